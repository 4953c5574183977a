"""Moving in and out: cases from an agency's spreadsheet, and all that an agency owns when it leaves."""
