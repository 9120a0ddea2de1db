#!/bin/sh
# A scheduler as small as can be: starts a job script on this machine and prints its number.
# As a status command (FOLDER status NUMBER) it says success, failed or running.
set -eu
folder=$1
if [ "$2" = status ]; then
    if [ -s "$folder/$3.status" ]; then
        [ "$(cat "$folder/$3.status")" = 0 ] && echo success || echo failed
    else
        echo running
    fi
    exit
fi
number=$(ls "$folder" | grep -c 'out$' || true)
while ! (set -C; : >"$folder/$number.out") 2>/dev/null; do number=$((number + 1)); done
(
    status=0
    setsid "$2" >"$folder/$number.out" 2>&1 || status=$?
    echo "$status" >"$folder/$number.part"
    mv "$folder/$number.part" "$folder/$number.status"
) </dev/null >/dev/null 2>&1 &
echo "$number"
