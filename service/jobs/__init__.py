"""Background work: jobs are rows of the store (``JobStore``); ``worker`` runs them in process."""
