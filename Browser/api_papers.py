"""Tells schemathesis what a PDF is: without it, it could send nothing that an upload accepts."""

import schemathesis
from hypothesis import strategies

SMALL = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000054 00000 n \n0000000103 00000 n \ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n165\n%%EOF\n"
)

schemathesis.openapi.media_type(
    "application/pdf", strategies.one_of(strategies.just(SMALL), strategies.binary(max_size=200))
)
