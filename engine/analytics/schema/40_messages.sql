CREATE TABLE store.closed_messages (
    message UUID, conversation UUID, number INTEGER, ts TIMESTAMPTZ, author VARCHAR, "operator" UUID,
    seen_at TIMESTAMPTZ
);
CREATE TABLE store.open_messages AS FROM store.closed_messages;
CREATE VIEW messages AS FROM store.closed_messages UNION ALL FROM store.open_messages;
COMMENT ON VIEW messages IS 'Each message of a conversation. Its text stands in message_texts.';
COMMENT ON COLUMN messages.message IS 'The message''s id.';
COMMENT ON COLUMN messages.conversation IS 'The conversation.';
COMMENT ON COLUMN messages.number IS 'Its place among all events of the conversation, not only messages.';
COMMENT ON COLUMN messages.ts IS 'When it was written.';
COMMENT ON COLUMN messages.author IS 'visitor or operator.';
COMMENT ON COLUMN messages.operator IS 'Who wrote it, if an operator did.';
COMMENT ON COLUMN messages.seen_at IS
    'When the other side had seen it; null while they have not, and where they did not before the conversation was over.';

CREATE TABLE message_texts (message UUID, "text" VARCHAR);
COMMENT ON TABLE message_texts IS 'What the messages say; erasing a person takes their rows out.';
COMMENT ON COLUMN message_texts.message IS 'The message''s id.';
COMMENT ON COLUMN message_texts.text IS 'What was written, cleaned, never interpreted.';

CREATE TABLE left_messages (
    conversation UUID, visitor UUID, "site" UUID, department UUID, ts TIMESTAMPTZ, waited BOOLEAN, state VARCHAR,
    answered_at TIMESTAMPTZ, answered_by UUID, closed_at TIMESTAMPTZ, closed_by UUID, changed_at TIMESTAMPTZ
);
COMMENT ON TABLE left_messages IS 'Each message left for a department. What it says stands in left_message_texts.';
COMMENT ON COLUMN left_messages.conversation IS 'The conversation it ended, or is.';
COMMENT ON COLUMN left_messages.visitor IS 'Who left it.';
COMMENT ON COLUMN left_messages.site IS 'The site.';
COMMENT ON COLUMN left_messages.department IS 'For whom it was left.';
COMMENT ON COLUMN left_messages.ts IS 'When it was left.';
COMMENT ON COLUMN left_messages.waited IS 'Whether the visitor had asked for help first, and gave up waiting.';
COMMENT ON COLUMN left_messages.state IS 'open, answered or closed.';
COMMENT ON COLUMN left_messages.answered_at IS 'When an operator said last that it has its answer.';
COMMENT ON COLUMN left_messages.answered_by IS 'Who said so.';
COMMENT ON COLUMN left_messages.closed_at IS 'When an operator closed it last; it may have been opened again.';
COMMENT ON COLUMN left_messages.closed_by IS 'Who closed it.';
COMMENT ON COLUMN left_messages.changed_at IS 'When it changed last.';

CREATE TABLE left_message_texts (
    conversation UUID, "name" VARCHAR, email VARCHAR, subject VARCHAR, "text" VARCHAR
);
COMMENT ON TABLE left_message_texts IS 'What the left messages say, and whom to answer; erasing a person takes their rows out.';
COMMENT ON COLUMN left_message_texts.conversation IS 'The conversation it ended, or is.';
COMMENT ON COLUMN left_message_texts.name IS 'The name given with it.';
COMMENT ON COLUMN left_message_texts.email IS 'Where to answer.';
COMMENT ON COLUMN left_message_texts.subject IS 'Its subject.';
COMMENT ON COLUMN left_message_texts.text IS 'What was written, cleaned, never interpreted.';
