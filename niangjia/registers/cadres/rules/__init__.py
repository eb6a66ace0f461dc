"""What is true of cadres, their posts, and who may write them down."""
