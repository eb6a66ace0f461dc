/* Niangjia 娘家: charts are drawn from the table that stands under them. Colours come from the tokens, so that one drawing
   serves both themes; the tooltip is drawn, too, for one of HTML would write style attributes, which the policy refuses.
   The library comes when a chart is about to be seen: sentence and figures are read before it is there. */
(() => {
  "use strict";

  const root = document.documentElement;
  const library = document.currentScript.dataset.library;
  const token = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const SHAPES = ["solid", "solid", "dotted", [8, 4]];
  const drawings = new Map();

  /* The figures as they stand in the table: with the words that people read. */
  function read(figure) {
    const heads = [...figure.querySelectorAll("thead th")].slice(1);
    const rows = [...figure.querySelectorAll("tbody tr")];
    const cell = (row, at) => {
      const data = row.cells[at + 1].querySelector("data");
      return data ? { value: Number(data.value), words: data.textContent } : { value: null, words: "" };
    };
    const target = figure.querySelector("[data-target]");
    return {
      unit: figure.dataset.unit,
      periods: rows.map((row) => row.cells[0].textContent),
      series: heads.map((head, at) => ({ name: head.textContent, points: rows.map((row) => cell(row, at)) })),
      target: target && { value: Number(target.value), words: `${target.closest("tr").cells[0].textContent} ${target.textContent}` },
    };
  }

  /* Large type makes the drawing's words larger, too. */
  const sized = (pixels) => Math.round((pixels * parseFloat(getComputedStyle(root).fontSize)) / 16);

  function axis(more) {
    const line = token("--nj-line");
    return {
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: line } },
      ...more,
      axisLabel: { color: token("--nj-ink-2"), fontSize: sized(12), ...(more.axisLabel || {}) },
    };
  }

  const inWords = (unit) => (value) => value.toLocaleString(root.lang) + (unit === "%" || !unit ? unit : ` ${unit}`);
  const points = (series) => series.points.map((point) => ({ value: point.value, words: point.words }));

  function targetLine(figures) {
    if (!figures.target) return {};
    return {
      markLine: {
        silent: true,
        symbol: "none",
        lineStyle: { color: token("--nj-chart-3"), type: "dashed", width: 1.5 },
        label: { formatter: figures.target.words, position: "insideStartTop", color: token("--nj-amber-ink"), fontSize: sized(12) },
        data: [{ yAxis: figures.target.value }],
      },
    };
  }

  function base(figures, colours) {
    const sans = token("--nj-sans");
    const ink = token("--nj-ink");
    return {
      color: colours,
      textStyle: { fontFamily: sans, color: token("--nj-ink-2") },
      animation: !still.matches,
      animationDuration: 200,
      tooltip: {
        trigger: "axis",
        renderMode: "richText",
        borderColor: token("--nj-line-strong"),
        backgroundColor: token("--nj-surface"),
        textStyle: { color: ink, fontFamily: sans, fontSize: sized(13) },
        axisPointer: { type: "line", lineStyle: { color: token("--nj-line-strong") } },
        formatter: (found) => [found[0].name, ...found.map((each) => `${each.seriesName}  ${each.data.words || "—"}`)].join("\n"),
      },
      legend: {
        show: figures.series.length > 1,
        top: 0,
        left: 0,
        icon: "roundRect",
        itemWidth: 16,
        itemHeight: 3,
        itemGap: 20,
        textStyle: { color: token("--nj-ink-2"), fontSize: sized(12) },
        inactiveColor: token("--nj-line-strong"),
      },
      grid: { left: 8, right: 16, top: figures.series.length > 1 ? sized(36) : 20, bottom: 4, containLabel: true },
    };
  }

  const kinds = {
    line(figures, colours) {
      return {
        xAxis: axis({ type: "category", boundaryGap: false, data: figures.periods }),
        yAxis: axis({ type: "value", scale: true, min: lowest(figures), max: highest(figures), axisLabel: { formatter: inWords(figures.unit) } }),
        series: figures.series.map((each, at) => ({
          name: each.name,
          type: "line",
          symbol: "circle",
          symbolSize: 6,
          showSymbol: each.points.length === 1 || each.points.some((point) => point.value === null),
          cursor: "default",
          lineStyle: { width: at ? 1.5 : 2.5, type: SHAPES[at], color: colours[at] },
          data: points(each),
          endLabel: at ? { show: false } : { show: true, formatter: (last) => last.data.words, color: token("--nj-pine-ink"), fontWeight: 600, fontSize: sized(12), offset: [-44, -12] },
          ...(at ? {} : targetLine(figures)),
        })),
      };
    },
    bar(figures, colours) {
      return {
        grid: { left: 0, right: sized(72), top: 4, bottom: 4, containLabel: true },
        tooltip: { show: false },
        xAxis: { type: "value", show: false },
        yAxis: { type: "category", inverse: true, axisLine: { show: false }, axisTick: { show: false }, axisLabel: { color: token("--nj-ink"), fontSize: sized(13) }, data: figures.periods },
        series: figures.series.map((each) => ({
          name: each.name,
          type: "bar",
          barMaxWidth: 18,
          silent: true,
          itemStyle: { color: colours[0], borderRadius: [0, 3, 3, 0] },
          label: { show: true, position: "right", formatter: (point) => point.data.words, color: token("--nj-ink"), fontSize: sized(13) },
          data: points(each),
        })),
      };
    },
    grouped(figures, colours) {
      return {
        xAxis: axis({ type: "category", data: figures.periods }),
        yAxis: axis({ type: "value", axisLine: { show: false }, max: highest(figures), axisLabel: { formatter: inWords(figures.unit) } }),
        series: figures.series.map((each, at) => ({
          name: each.name,
          type: "bar",
          barMaxWidth: 22,
          barGap: "12%",
          cursor: "default",
          itemStyle: { color: colours[at], borderRadius: [3, 3, 0, 0] },
          data: points(each),
          ...(at ? {} : targetLine(figures)),
        })),
      };
    },
  };

  /* A target beyond all figures is shown, too; else the axis ends where it will. */
  const step = (found) => 10 ** Math.floor(Math.log10(found.max - found.min || Math.abs(found.max) || 1));
  const highest = (figures) => (found) =>
    figures.target && figures.target.value > found.max ? Math.ceil(figures.target.value / step(found) + 0.01) * step(found) : null;
  const lowest = (figures) => (found) =>
    figures.target && figures.target.value < found.min ? Math.floor(figures.target.value / step(found) - 0.01) * step(found) : null;

  function draw(echarts, figure) {
    const at = figure.querySelector("[data-drawing]");
    at.hidden = false;
    const figures = read(figure);
    const colours = [1, 2, 4, 3].map((number) => token(`--nj-chart-${number}`));
    const drawing = drawings.get(figure) || echarts.init(at, null, { renderer: "svg" });
    drawings.set(figure, drawing);
    drawing.setOption({ ...base(figures, colours), ...kinds[figure.dataset.chart](figures, colours) }, true);
  }

  function drawAll(echarts) {
    const all = () => document.querySelectorAll("[data-chart]").forEach((figure) => draw(echarts, figure));
    all();
    new MutationObserver(all).observe(root, { attributeFilter: ["data-bs-theme", "data-type"] });
    const sizes = new ResizeObserver((seen) => seen.forEach((each) => drawings.get(each.target.closest("[data-chart]"))?.resize()));
    document.querySelectorAll("[data-chart] [data-drawing]").forEach((each) => sizes.observe(each));
  }

  /* Where nothing is drawn, the figures are the answer: they are opened, and the empty frame goes. */
  function showFigures() {
    for (const figure of document.querySelectorAll("[data-chart]")) {
      figure.querySelector("[data-drawing]").hidden = true;
      figure.querySelector("details").open = true;
    }
  }

  const near = new IntersectionObserver((seen) => {
    if (!seen.some((each) => each.isIntersecting)) return;
    near.disconnect();
    import(library).then(drawAll, showFigures);
  }, { rootMargin: "50%" });
  document.querySelectorAll("[data-chart]").forEach((figure) => near.observe(figure));
  addEventListener("beforeprint", () => drawings.size || showFigures());
})();
