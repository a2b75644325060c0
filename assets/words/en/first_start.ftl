# first_start
