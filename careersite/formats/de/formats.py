"""How German pages write days and moments."""

DATE_FORMAT = "j. F Y"
DATETIME_FORMAT = "D, j. M Y, G:i T"
TIME_FORMAT = "G:i T"
SHORT_DATE_FORMAT = "j. M Y"
SHORT_DATETIME_FORMAT = "j. M Y, G:i T"
MONTH_DAY_FORMAT = "j. F"
