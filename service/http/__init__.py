"""What the API and the pages share: the open App of a request, and the guard in front of every write."""
