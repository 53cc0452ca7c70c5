"""Countries whose public holidays can be kept: one menu holds a hundred options, one of them is none."""

_CODES = """
AE AO AR AT AU AZ BE BG BO BR BW CA CH CL CM CN CO CR CY CZ DE DK DO DZ EC EE EG ES ET FI FR GB GE GH GR GT HK HN HR
HU ID IE IL IN IS IT JO JP KE KR KW KZ LB LT LU LV MA MD MT MU MX MY MZ NA NG NL NO NZ OM PA PE PH PK PL PT PY QA RO
RS RW SA SE SG SI SK SN SV TH TN TR TW UA UG US UY UZ VN ZA ZM
"""

OFFERED = tuple(_CODES.split())
"""ISO 3166 codes."""
