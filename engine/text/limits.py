"""How long foreign text may be, in characters (Unicode code points) of what was written, after trimming."""

from engine.limits import table as limits

MESSAGE_LIMIT = limits.MESSAGE.most
NAME_LIMIT = limits.NAME.most
EMAIL_LIMIT = limits.EMAIL.most
SUBJECT_LIMIT = limits.SUBJECT.most
VALUE_LIMIT = limits.VALUE.most
ADDRESS_LIMIT = limits.ADDRESS.most
TITLE_LIMIT = limits.TITLE.most
CAMPAIGN_LIMIT = limits.CAMPAIGN.most
