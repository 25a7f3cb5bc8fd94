"""English interface: the day before the month, as the documents themselves do."""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "d/m/Y"
