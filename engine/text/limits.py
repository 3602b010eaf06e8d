"""How long foreign text may be, in characters (Unicode code points) of what was written, after trimming."""

MESSAGE_LIMIT = 10_000
NAME_LIMIT = 80
EMAIL_LIMIT = 254
SUBJECT_LIMIT = VALUE_LIMIT = 200
ADDRESS_LIMIT = 2_048
TITLE_LIMIT = 300
CAMPAIGN_LIMIT = 500  # one of its values
