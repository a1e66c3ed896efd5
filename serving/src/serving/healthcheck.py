"""A container's health check: `python -m serving.healthcheck /v2/health/ready` exits 0 on a 200 from this host.

`http.client` knows nothing of proxies, which is the point: the environment's are not for calls to oneself.
"""

import http.client
import sys


def main(path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=3)
    try:
        connection.request("GET", path)
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
