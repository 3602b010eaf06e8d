CREATE TABLE store.closed_conversations (
    conversation UUID, visitor UUID, "site" UUID, department UUID, "mode" VARCHAR, state VARCHAR,
    asked_at TIMESTAMPTZ, invited_at TIMESTAMPTZ, invited_by UUID, queued_at TIMESTAMPTZ, accepted_at TIMESTAMPTZ, first_response_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ, "operator" UUID, requeued INTEGER, held_at TIMESTAMPTZ, held_s DOUBLE, outcome VARCHAR,
    reason VARCHAR, visitor_messages INTEGER,
    operator_messages INTEGER, first_response_s DOUBLE, duration_s DOUBLE
);
CREATE TABLE store.open_conversations AS FROM store.closed_conversations;
CREATE VIEW conversations AS FROM store.closed_conversations UNION ALL FROM store.open_conversations;
COMMENT ON VIEW conversations IS
    'All conversations, unfinished ones among them, and invitations that came to nothing.';
COMMENT ON COLUMN conversations.conversation IS 'The conversation''s id.';
COMMENT ON COLUMN conversations.visitor IS 'Whose it is.';
COMMENT ON COLUMN conversations.site IS 'The site it was begun on.';
COMMENT ON COLUMN conversations.department IS 'The department that was asked, or that invited.';
COMMENT ON COLUMN conversations."mode" IS 'text.';
COMMENT ON COLUMN conversations.state IS
    'invited, routing, queued, active, on-hold, ended, abandoned, left (a message was left), refused or expired (an invitation; one that was taken back, too).';
COMMENT ON COLUMN conversations.asked_at IS
    'When help was asked for, or an invitation taken whose operator was not free; null for a message left without asking, and for an invited chat that did not have to wait.';
COMMENT ON COLUMN conversations.invited_at IS 'When an operator invited the visitor; null where nobody did.';
COMMENT ON COLUMN conversations.invited_by IS 'Who invited the visitor.';
COMMENT ON COLUMN conversations.queued_at IS 'When it came into the queue first; null if it never did.';
COMMENT ON COLUMN conversations.accepted_at IS 'When an operator accepted it first, or the visitor took the invitation.';
COMMENT ON COLUMN conversations.first_response_at IS 'When the operator wrote first.';
COMMENT ON COLUMN conversations.ended_at IS 'When it was over; null while it is not.';
COMMENT ON COLUMN conversations.operator IS 'Who accepted it, the last one where it was taken more than once.';
COMMENT ON COLUMN conversations.requeued IS
    'How often the visitor was put back at the head of the queue, because the operator was lost or signed out.';
COMMENT ON COLUMN conversations.held_at IS 'Since when it is on hold; null while it is not.';
COMMENT ON COLUMN conversations.held_s IS 'How long it was on hold, in seconds, without the time since held_at.';
COMMENT ON COLUMN conversations.outcome IS
    'answered, abandoned, left-message, refused, taken-back or expired (an invitation); null while it is unfinished.';
COMMENT ON COLUMN conversations.reason IS
    'How it ended: by-visitor, by-operator or lost (the visitor was gone) of an answered one; cancelled or gone of an abandoned one; timeout or gone of an expired one.';
COMMENT ON COLUMN conversations.visitor_messages IS 'How many messages the visitor wrote.';
COMMENT ON COLUMN conversations.operator_messages IS 'How many messages the operator wrote.';
COMMENT ON COLUMN conversations.first_response_s IS 'From accepted_at to first_response_at, in seconds.';
COMMENT ON COLUMN conversations.duration_s IS 'From accepted_at to ended_at, in seconds, of an answered one.';

CREATE TABLE store.closed_invitations (
    conversation UUID, visitor UUID, "site" UUID, department UUID, "operator" UUID, sent_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ, seconds DOUBLE, outcome VARCHAR
);
CREATE TABLE store.open_invitations AS FROM store.closed_invitations;
CREATE VIEW invitations AS FROM store.closed_invitations UNION ALL FROM store.open_invitations;
COMMENT ON VIEW invitations IS 'Each time that an operator invited a visitor to a chat.';
COMMENT ON COLUMN invitations.conversation IS 'The conversation that began with it.';
COMMENT ON COLUMN invitations.visitor IS 'Who was invited.';
COMMENT ON COLUMN invitations.site IS 'The site.';
COMMENT ON COLUMN invitations.department IS 'For which department.';
COMMENT ON COLUMN invitations.operator IS 'Who invited.';
COMMENT ON COLUMN invitations.sent_at IS 'When it was sent.';
COMMENT ON COLUMN invitations.ended_at IS 'When it was answered or expired; null while it is neither.';
COMMENT ON COLUMN invitations.seconds IS 'From sent_at to ended_at, in seconds; null while it is unanswered.';
COMMENT ON COLUMN invitations.outcome IS
    'accepted, refused, taken-back (by the operator), expired (not answered in time) or gone (the visitor left the site); null while it is unanswered.';

CREATE TABLE store.closed_waits (
    conversation UUID, visitor UUID, "site" UUID, department UUID, asked_at TIMESTAMPTZ, began_at TIMESTAMPTZ,
    reason VARCHAR, ended_at TIMESTAMPTZ, seconds DOUBLE, outcome VARCHAR
);
CREATE TABLE store.open_waits AS FROM store.closed_waits;
CREATE VIEW waits AS FROM store.closed_waits UNION ALL FROM store.open_waits;
COMMENT ON VIEW waits IS
    'Each wait, from asking for help to an answer, a left message, or leaving; those that last among them. Who is put back into the queue because the operator was lost or signed out waits anew. Who takes an invitation and has its operator at once did not wait.';
COMMENT ON COLUMN waits.conversation IS 'The conversation.';
COMMENT ON COLUMN waits.visitor IS 'Who waited.';
COMMENT ON COLUMN waits.site IS 'The site.';
COMMENT ON COLUMN waits.department IS 'The department that was asked.';
COMMENT ON COLUMN waits.asked_at IS 'When help was asked for, or the invitation taken.';
COMMENT ON COLUMN waits.began_at IS 'When this wait began: the same, or when the visitor was put back into the queue.';
COMMENT ON COLUMN waits.reason IS
    'Why they wait: asked, invited (the operator who invited was not free), operator-lost or operator-left.';
COMMENT ON COLUMN waits.ended_at IS 'When the wait ended; null while it lasts.';
COMMENT ON COLUMN waits.seconds IS 'From began_at to ended_at, in seconds; null while it lasts.';
COMMENT ON COLUMN waits.outcome IS 'answered, left-message or abandoned; null while it lasts.';

CREATE TABLE store.closed_offers (
    conversation UUID, department UUID, "operator" UUID, policy VARCHAR, reason VARCHAR, made_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ, seconds DOUBLE, outcome VARCHAR
);
CREATE TABLE store.open_offers AS FROM store.closed_offers;
CREATE VIEW offers AS FROM store.closed_offers UNION ALL FROM store.open_offers;
COMMENT ON VIEW offers IS
    'Each time that one operator was asked to take a conversation. What is taken out of the queue by hand was never offered.';
COMMENT ON COLUMN offers.conversation IS 'The conversation.';
COMMENT ON COLUMN offers.department IS 'The department that the visitor asked.';
COMMENT ON COLUMN offers.operator IS 'Who was asked to take it.';
COMMENT ON COLUMN offers.policy IS 'broadcast (it rings at all who are available) or queue (one after another).';
COMMENT ON COLUMN offers.reason IS
    'What caused it: asked, available, freed, next, or extended (it rang at others already).';
COMMENT ON COLUMN offers.made_at IS 'When it began to ring.';
COMMENT ON COLUMN offers.ended_at IS 'When it was decided; null while it rings.';
COMMENT ON COLUMN offers.seconds IS 'From made_at to ended_at, in seconds; null while it rings.';
COMMENT ON COLUMN offers.outcome IS
    'accepted, declined, timed-out, withdrawn, queued (put in the queue), taken-by-other, or left (the visitor went or left a message); null while it rings.';
