"""What the database itself refuses: a union that leaves its preparation without an approval with number, day and term.

The function judges as the owner, for the wall must not hide from it what lies there.
"""

BUILT = """
CREATE FUNCTION union_founded_by_document() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.founding_founding f
      WHERE f.union_id = NEW.place_id AND f.state = 'founded' AND f.document_no <> '') THEN
    RAISE check_violation USING CONSTRAINT = 'union_founded_by_document',
      MESSAGE = 'a union is founded by the document of the union above';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER union_founded_by_document BEFORE UPDATE ON orgs_union FOR EACH ROW
WHEN (OLD.is_preparing AND NOT NEW.is_preparing) EXECUTE FUNCTION union_founded_by_document();
"""
TORN_DOWN = """
DROP TRIGGER union_founded_by_document ON orgs_union;
DROP FUNCTION union_founded_by_document();
"""
