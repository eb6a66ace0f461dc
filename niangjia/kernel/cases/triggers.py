"""What the database itself refuses of cases: a change that no table has, a step that was none, a voice on another round.

And what it notes by itself: that somebody keeps away from a case.
"""

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
# The words are those of `rules.KERNEL_ACTS`; a test holds them against each other. The owner answers by which table a case goes:
# who may add a step is judged by the wall of steps.
STEP_OF_THE_TABLE = """
IF NEW.move IN ('accept', 'assign', 'bar', 'decline', 'extend', 'help_ends', 'join', 'offer', 'take_back') THEN
  IF NEW.stage <> NEW."to" THEN
    RAISE check_violation USING CONSTRAINT = 'step_of_the_table', MESSAGE = 'this leaves a case where it is';
  END IF;
ELSIF NOT case_has_change(NEW.case_id, NEW.stage, NEW.move, NEW."to") THEN
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
# Who offers a case does not take it herself; settled from the start is what a union above takes up, and what is given to a
# colleague at the same place.
TAKEN_BY_ANOTHER = """
IF TG_OP = 'UPDATE' THEN
  IF (NEW.kind, NEW.from_place_id, NEW.to_place_id, NEW.offered_by_id)
      IS DISTINCT FROM (OLD.kind, OLD.from_place_id, OLD.to_place_id, OLD.offered_by_id) THEN
    RAISE check_violation USING CONSTRAINT = 'hand_over_keeps_what_it_is', MESSAGE = 'what was offered stays what it is';
  END IF;
  IF OLD.state = 'offered' AND NEW.state = 'accepted' AND NEW.settled_by_id = NEW.offered_by_id THEN
    RAISE check_violation USING CONSTRAINT = 'hand_over_taken_by_another', MESSAGE = 'who offers a case does not take it herself';
  END IF;
ELSIF NEW.state = 'accepted' AND NEW.kind <> 'assign' AND NOT EXISTS (
    SELECT FROM places_place below JOIN places_place above ON below.path ^@ above.path AND below.id <> above.id
    WHERE below.id = NEW.from_place_id AND above.id = NEW.to_place_id) THEN
  RAISE check_violation USING CONSTRAINT = 'hand_over_taken_by_another', MESSAGE = 'only a union above takes up without being asked';
END IF;
RETURN NEW;
"""
# Who asked does not check her own, be she the only one who works there.
ASKED_BY_ONE_OF_THE_DESK = """
UPDATE cases_case SET is_kept_from = true WHERE id = NEW.case_id AND NOT is_kept_from AND EXISTS (
  SELECT FROM access_account a JOIN access_grant g ON g.account_id = a.id
  WHERE a.subject_id = NEW.subject_id AND g.role IN ('cadre', 'chair', 'officer'));
RETURN NULL;
"""
SOMEBODY_KEEPS_AWAY = """
UPDATE cases_case SET is_kept_from = true WHERE id = NEW.case_id AND NOT is_kept_from;
RETURN NULL;
"""
