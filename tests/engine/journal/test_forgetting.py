"""What is forgotten leaves the journal's files, too: where somebody reads meanwhile, and where the program is killed."""
