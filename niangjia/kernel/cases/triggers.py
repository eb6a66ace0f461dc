"""What the database itself refuses of cases: a change that no table has, a step that was none, a voice on another round."""

GOES_BY_ITS_TABLE = """
IF TG_OP = 'INSERT' THEN
  IF NEW.revision <> 0 OR NOT EXISTS (SELECT FROM cases_change c
      WHERE c.kind = NEW.kind AND c.version = NEW.version AND c.stage = '' AND c."to" = NEW.stage) THEN
    RAISE check_violation USING CONSTRAINT = 'case_begins_where_its_table_begins',
      MESSAGE = 'a case begins where its table says';
  END IF;
  RETURN NEW;
END IF;
IF (NEW.city, NEW.kind, NEW.version, NEW.number, NEW.opened_at)
    IS DISTINCT FROM (OLD.city, OLD.kind, OLD.version, OLD.number, OLD.opened_at) THEN
  RAISE check_violation USING CONSTRAINT = 'case_keeps_what_it_is',
    MESSAGE = 'a case keeps its kind, version, number and beginning';
END IF;
IF NEW.revision IS DISTINCT FROM OLD.revision OR NEW.stage IS DISTINCT FROM OLD.stage THEN
  IF NEW.revision <> OLD.revision + 1 THEN
    RAISE check_violation USING CONSTRAINT = 'case_counts_its_moves', MESSAGE = 'each change of a case counts one revision';
  END IF;
  IF NEW.stage <> OLD.stage AND NOT EXISTS (SELECT FROM cases_change c
      WHERE c.kind = NEW.kind AND c.version = NEW.version AND c.stage = OLD.stage AND c."to" = NEW.stage) THEN
    RAISE check_violation USING CONSTRAINT = 'case_goes_by_its_table', MESSAGE = 'the table of this kind has no such move';
  END IF;
END IF;
RETURN NEW;
"""
# The words are those of `rules.KERNEL_ACTS`; a test holds them against each other.
STEP_OF_THE_TABLE = """
IF NEW.move IN ('accept', 'assign', 'bar', 'decline', 'extend', 'help_ends', 'join', 'offer', 'take_back') THEN
  IF NEW.stage <> NEW."to" THEN
    RAISE check_violation USING CONSTRAINT = 'step_of_the_table', MESSAGE = 'this leaves a case where it is';
  END IF;
ELSIF NOT EXISTS (SELECT FROM cases_change c JOIN cases_case k ON c.kind = k.kind AND c.version = k.version
    WHERE k.id = NEW.case_id AND c.stage = NEW.stage AND c.move = NEW.move AND c."to" = NEW."to") THEN
  RAISE check_violation USING CONSTRAINT = 'step_of_the_table', MESSAGE = 'the table of this kind has no such move';
END IF;
RETURN NEW;
"""
DECIDED_ON_WHAT_STANDS = """
IF NOT EXISTS (SELECT FROM cases_case k
    WHERE k.id = NEW.case_id AND k.round = NEW.round AND k.maker_id IS NOT DISTINCT FROM NEW.maker_id) THEN
  RAISE check_violation USING CONSTRAINT = 'decision_on_what_stands',
    MESSAGE = 'a decision names the round and who brought the case here';
END IF;
RETURN NEW;
"""
