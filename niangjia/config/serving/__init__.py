"""The running program: web server and jobs worker under one supervisor that puts back up what falls down."""
