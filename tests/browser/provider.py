"""A provider of OpenID Connect on this machine: it lets in whoever it was told to."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route


class Provider:
    """Signs in the person whose claims it has, without asking.

    Args:
        address: Its own.
    """

    def __init__(self, address: str):
        self.address = address
        self.claims: dict[str, object] = {}
        self._key = RSAKey.generate_key(2048, {"kid": "1"})
        self._nonces: dict[str, str] = {}

    def about(self, request: Request) -> JSONResponse:
        places = {"authorization": "authorize", "token": "token"}
        about = {f"{name}_endpoint": f"{self.address}/{path}" for name, path in places.items()}
        return JSONResponse(
            about
            | {
                "issuer": self.address,
                "jwks_uri": f"{self.address}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    def keys(self, request: Request) -> JSONResponse:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    def authorize(self, request: Request) -> RedirectResponse:
        asked, code = request.query_params, f"code{len(self._nonces)}"
        self._nonces[code] = asked.get("nonce", "")
        query = urlencode({"code": code, "state": asked["state"]})
        return RedirectResponse(f"{asked['redirect_uri']}?{query}")

    async def token(self, request: Request) -> JSONResponse:
        form = await request.form()
        now = int(time.time())
        claims = {"iss": self.address, "aud": "tfplay", "iat": now, "exp": now + 600}
        claims |= {"nonce": self._nonces[str(form["code"])]} | self.claims
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self._key)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})


@contextmanager
def running_provider(port: int) -> Iterator[Provider]:
    provider = Provider(f"http://localhost:{port}")
    app = Starlette(
        routes=[
            Route("/.well-known/openid-configuration", provider.about),
            Route("/keys", provider.keys),
            Route("/authorize", provider.authorize),
            Route("/token", provider.token, methods=["POST"]),
        ]
    )
    server = uvicorn.Server(uvicorn.Config(app, "localhost", port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield provider
    server.should_exit = True
    thread.join()
