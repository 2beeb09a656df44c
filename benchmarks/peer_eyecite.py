"""The peer: eyecite with hyperscan on English opinions. Run by the peer's own interpreter; needs no part of ours.

    PEER/bin/python benchmarks/peer_eyecite.py opinion.txt

prints one JSON line: megabytes (UTF-8) a second and citations a second of ``get_citations``, best of five.
"""

import json
import sys
import tempfile
import time
from pathlib import Path


def main(path: str) -> None:
    from eyecite import get_citations
    from eyecite.tokenizers import HyperscanTokenizer

    text = Path(path).read_text(encoding="utf-8")
    size = len(text.encode())
    tokenizer = HyperscanTokenizer(cache_dir=str(Path(tempfile.gettempdir()) / "eyecite-hyperscan"))
    found = get_citations(text, tokenizer=tokenizer)  # compiles, warms up
    best = min(_timed(lambda: get_citations(text, tokenizer=tokenizer)) for _ in range(5))
    print(
        json.dumps(
            {
                "peer": "eyecite+hyperscan",
                "mb_s": size / best / 1e6,
                "citations": len(found),
                "citations_s": len(found) / best,
            }
        )
    )


def _timed(run) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


if __name__ == "__main__":
    main(sys.argv[1])
