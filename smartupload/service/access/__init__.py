"""Who comes in and as whom: sessions of those who sign in, what they take along, and what their role opens."""
