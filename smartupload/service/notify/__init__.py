"""What a person is told and on which way: mails, pushes, reminders, and where they go."""
