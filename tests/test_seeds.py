"""The four reports are kept byte for byte as they were received."""

import hashlib

from helpers.text.corpus import ROOT

RECEIVED = {
    "000_04be3371bd8433e9.txt": "0d9b4848580d3cf06e12d442dd84d9086d155896318d3e577b632e8db0c20757",
    "002_fae6817ca7afbf3d.txt": "009be6aa29a2706b109e6dc689151ca6fdefce38e12c13ffab6b268e80007f4e",
    "003_325bfd5cf5ff593a.txt": "d069510314fb4a1d4e10bc81b9b39ac80dfa226b7b930becafb796f7c7ab249c",
    "004_0fd100e6b7384ea1.txt": "f7d122f87093f94c46771c53cf6d249cd1dd93ccf655269638f53199eee534de",
}


def test_the_seeds_are_the_files_received():
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").iterdir()}
    assert found == RECEIVED
