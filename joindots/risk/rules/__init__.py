"""Rules of risk (pure): forms that are asked, answers, judgements of people, and what asks for a new look."""
