#!/bin/bash
# Whether this nginx serves the page. bash opens the connection itself, since the image need not hold an HTTP client.
exec 3<>/dev/tcp/127.0.0.1/8001
printf 'GET / HTTP/1.0\r\nX-Request-ID: health\r\n\r\n' >&3
read -r _ status _ <&3
[[ $status == 200 ]]
