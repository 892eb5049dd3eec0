# Runs one service and ends it when the parent ends, however the parent ends.
#
#   sh guardian.sh GRACE LOG COMMAND [ARGUMENT...]
#
# Standard input is a pipe of which the parent holds the other end. It is never written to: its end of file says that
# the parent is gone (or asks for a stop), also after a kill -9. Then the service gets TERM, and KILL if it is still
# there after GRACE seconds. The first line of standard output is the service's process id; the exit code is the
# service's own. Signals of a terminal are ignored here and in the service: the parent decides in which order to stop.
grace=$1
log=$2
shift 2
trap '' HUP INT QUIT
exec 3<&0 4>&1 >>"$log" 2>&1

"$@" </dev/null 3<&- 4>&- &
service=$!
echo "$service" >&4
exec 4>&-

(
  while read -r _ <&3; do :; done
  kill -TERM "$service" 2>/dev/null
  waited=0
  while [ "$waited" -lt "$grace" ] && kill -0 "$service" 2>/dev/null; do
    sleep 1
    waited=$((waited + 1))
  done
  kill -KILL "$service" 2>/dev/null
) &
watcher=$!
exec 3<&-

# Without the shell's own word on how it ended.
wait "$service" 2>/dev/null
code=$?
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
exit "$code"
