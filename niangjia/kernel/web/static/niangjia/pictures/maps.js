/* Niangjia 娘家: maps are drawn from the list that stands under them and from boundaries of our own; no network is needed.
   Colours are given by class, so that they follow the theme. Arrows go from area to area in the order of the list. */
(() => {
  "use strict";

  const library = document.currentScript.dataset.library;
  const SMALLEST = 3;
  const WIDEST = 13;

  function read(figure) {
    const rows = [...figure.querySelectorAll("tbody tr[data-region]")];
    return rows.map((row) => ({
      code: row.dataset.region,
      step: Number(row.dataset.step),
      count: Number(row.dataset.count),
      name: row.cells[0].textContent,
      facts: [...row.cells].slice(1).map((cell, at) => `${figure.querySelectorAll("thead th")[at + 1].textContent} ${cell.textContent}`),
    }));
  }

  const line = (tag, words) => {
    const made = document.createElement(tag);
    made.textContent = words;
    return made;
  };

  function says(area) {
    const made = document.createElement("div");
    made.append(line("b", area.name), ...area.facts.map((fact) => line("div", fact)));
    return made;
  }

  /* One stop for the tab key; arrows, Home and End go on from there. */
  function go(paths, event) {
    const here = paths.indexOf(event.target);
    const steps = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: paths.length - 1 };
    const next = paths[steps[event.key]];
    if (here < 0 || !(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!next) return;
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  function addArea(map, layer, area) {
    const box = layer.getElement();
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", [area.name, ...area.facts].join("，"));
    box.tabIndex = -1;
    const more = L.tooltip({ className: "nj-says", direction: "top", offset: [0, -8] }).setContent(says(area));
    const show = () => map.openTooltip(more.setLatLng(layer.getCenter()));
    const hide = () => map.closeTooltip(more);
    for (const [event, act] of [["focus", show], ["blur", hide], ["mouseenter", show], ["mouseleave", hide]]) box.addEventListener(event, act);
    box.addEventListener("click", show);
    return box;
  }

  function addPoint(map, layer, area, most) {
    const middle = layer.getCenter();
    if (area.count) {
      const radius = SMALLEST + (WIDEST - SMALLEST) * Math.sqrt(area.count / most);
      L.circleMarker(middle, { radius, className: "nj-point", fillOpacity: 1, interactive: false }).addTo(map);
    }
    const words = L.tooltip({ permanent: true, direction: "bottom", offset: [0, area.count ? 10 : -8], className: `nj-on-${area.step}` });
    words.setLatLng(middle).setContent(line("span", area.name)).addTo(map);
    return { layer, words: words.getElement() };
  }

  const apart = (one, other) => one.right <= other.left || other.right <= one.left || one.bottom <= other.top || other.bottom <= one.top;

  /* A name that is wider than its area, or would lie on one that stands already, waits until one looks closer: names stand
     in the order of the list, what has a figure first. */
  function label(map, names) {
    const standing = [];
    for (const { layer, words } of names) {
      const box = layer.getBounds();
      const room = map.latLngToLayerPoint(box.getNorthEast()).x - map.latLngToLayerPoint(box.getSouthWest()).x;
      const here = words.getBoundingClientRect();
      const fits = words.offsetWidth <= room && standing.every((other) => apart(here, other));
      words.classList.toggle("nj-too-wide", !fits);
      if (fits) standing.push(here);
    }
  }

  function draw(figure, collection) {
    const at = figure.querySelector("[data-drawing]");
    const areas = read(figure);
    const known = new Map(areas.map((area) => [area.code, area]));
    const drawn = { ...collection, features: collection.features.filter((each) => known.has(each.properties.code)) };
    if (!drawn.features.length) return miss(figure);
    const map = L.map(at, { zoomControl: false, attributionControl: Boolean(figure.dataset.tiles), scrollWheelZoom: false, zoomSnap: 0.25, keyboard: false, fadeAnimation: false });
    L.control.zoom({ position: "topright", zoomInTitle: at.dataset.in, zoomOutTitle: at.dataset.out }).addTo(map);
    if (figure.dataset.tiles) L.tileLayer(figure.dataset.tiles, { attribution: line("span", figure.dataset.tilesBy).innerHTML }).addTo(map);
    const styled = (feature) => ({ className: `nj-area nj-area-${known.get(feature.properties.code).step}`, fillOpacity: figure.dataset.tiles ? 0.8 : 1 });
    const layers = L.geoJSON(drawn, { style: styled }).addTo(map);
    const whole = layers.getBounds();
    const fit = () => map.fitBounds(whole, { padding: [4, 4], animate: false });
    fit();
    map.setMinZoom(map.getZoom() - 1);
    const byCode = new Map();
    layers.eachLayer((layer) => byCode.set(layer.feature.properties.code, layer));
    const most = Math.max(...areas.map((area) => area.count), 1);
    const shown = areas.filter((area) => byCode.has(area.code));
    const paths = shown.map((area) => addArea(map, byCode.get(area.code), area));
    const names = shown.map((area) => addPoint(map, byCode.get(area.code), area, most));
    label(map, names);
    map.on("zoomend", () => label(map, names));
    paths[0].tabIndex = 0;
    at.addEventListener("keydown", (event) => go(paths, event));
    new ResizeObserver(() => {
      if (!at.clientWidth) return;
      map.invalidateSize({ animate: false });
      fit();
      label(map, names);
    }).observe(at);
  }

  /* Without boundaries the figures are the answer: they are opened, and why there is no map is said. */
  function miss(figure) {
    const at = figure.querySelector("[data-drawing]");
    at.replaceWith(Object.assign(line("p", at.dataset.missing), { className: "nj-note" }));
    figure.querySelector("details").open = true;
  }

  /* The library comes once, when a map is about to be seen. */
  let coming = null;
  function withLibrary() {
    coming ||= new Promise((done, fail) => {
      const script = Object.assign(document.createElement("script"), { src: library, onload: done, onerror: fail });
      document.head.append(script);
    });
    return coming;
  }

  const begun = new Set();
  function begin(figure) {
    begun.add(figure);
    const boundaries = fetch(figure.dataset.map, { headers: { Accept: "application/json" } });
    Promise.all([boundaries, withLibrary()])
      .then(([answer]) => (answer.ok ? answer.json() : Promise.reject(answer)))
      .then((collection) => draw(figure, collection))
      .catch(() => miss(figure));
  }

  const maps = [...document.querySelectorAll("[data-map]")];
  const near = new IntersectionObserver((seen) => {
    for (const { target } of seen.filter((each) => each.isIntersecting)) {
      near.unobserve(target);
      begin(target);
    }
  }, { rootMargin: "50%" });
  maps.forEach((figure) => near.observe(figure));
  /* What nobody came to see yet is printed as its figures. */
  addEventListener("beforeprint", () => maps.filter((figure) => !begun.has(figure)).forEach((figure) => (figure.querySelector("details").open = true)));
})();
