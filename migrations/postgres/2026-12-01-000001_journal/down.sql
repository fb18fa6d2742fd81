DROP TABLE registry, batch, entry, content;
DROP FUNCTION journal_is_final, content_is_final, batch_follows;
