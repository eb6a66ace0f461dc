"""What each sealed word of a request is bound to, followed by its row."""

TEXT = "requests.request.text"
WISH = "requests.request.wish"
CALLER = "requests.request.caller"
SAYS = "requests.addition.says"
