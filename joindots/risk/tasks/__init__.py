"""What risk does by itself: which form was asked, what is recorded for the rules, and looking whether they ask."""
