"""The privacy desk: copies asked for, complaints, retention, a breach, and the papers."""
