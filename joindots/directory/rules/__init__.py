"""Rules of the directory (pure): what a listing says, whether it is open and whom it fits, and files of listings."""
