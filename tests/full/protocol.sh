#!/bin/sh
# What programs that do not run here do to a filter: the commands are taken out of the examples and treated as Fluentd, Vector,
# Logstash, NXLog, Kubernetes, Docker, Hadoop, Spark and Redpanda Connect treat theirs. Wants jq and util-linux.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need jq unshare
silent() {
	[ ! -s err ]
	check "$1: nothing on standard error" $? err
}

# take EXAMPLE EXPRESSION: the command in it, into $command
take() {
	command=$(example "$1" | sed -n "$2")
	[ -n "$command" ]
	check "${1%%/*}: the example names a command" $?
}

# --- Redpanda Connect: a line has to come back before the next one goes; environment empty, SIGPIPE ignored
take redpanda-connect/connect.yaml 's/^ *name: //p; s/^ *args: \[\(.*\)\]/\1/p'
command=$(echo "$command" | tr -d ,)
"$DIALOGUE" 2000 $command <log >out 2>err
check "redpanda-connect: an answer to each line, in time" $? err
same "redpanda-connect: the answers" out
"$DIALOGUE" 2000 "$HRGLOSS" <log >out 2>err
check "a dialogue needs no option" $? err
same "a dialogue without options" out

# --- Fluentd: lines of tag, time and message, written as a chunk is flushed; TERM at the end, after standard input is closed
take fluentd/fluent.conf 's/^ *command //p'
awk '{ printf "app.web\t%d.%03d\t%s\n", 1700000000 + NR / 100, NR % 1000, $0 }' log >tsv
env -i $command <tsv >out 2>err
check "fluentd: ends with status 0" $?
silent fluentd
cut -f 3- out >messages
same "fluentd: messages" messages
cut -f 1,2 tsv >before && cut -f 1,2 out | cmp -s - before
check "fluentd: tag and time are as they were" $?

# --- TERM while lines come: what is in the pipe comes out, the last line whole
mkfifo pipe
lost=0
for round in 1 2 3 4 5 6 7 8 9 10; do
	env -i $command <pipe >out 2>err &
	filter=$!
	exec 3>pipe
	head -n $((round * 2000)) tsv >part
	cat part >&3
	kill -TERM $filter
	wait $filter || lost=1
	exec 3>&-
	"$HRGLOSS" <part | cmp - out >difference 2>&1 || lost=1
done
check "fluentd: TERM while lines come, ten times: status 0 and no line lost" $lost difference
silent "fluentd, after TERM"

# --- a reader that goes away where SIGPIPE is ignored
(
	trap '' PIPE
	env -i $command 2>err
	echo $? >status
) <log | head -n 1 >out
within 10 test -s status
[ ! -s err ]
check "a reader that goes away ends it quietly where SIGPIPE is ignored" $? err
# --- a reader that takes its time
env -i $command <log 2>err | {
	sleep 1
	cat
} >out
same "a reader that takes its time" out

# --- Vector: the shell is stopped by TERM, and what it started has to go with it
command=$(example vector/vector.toml | sed -n 's/^command = //p' | sed 's/\$\$/$/g' | jq -r '.[2]')
: >app.log
sh -c "$command" >out 2>err </dev/null &
shell=$!
running=$shell
sleep 1
write_slowly app.log
within 30 has_lines $lines out
same "vector: lines of a log that grows" out
no_tail() {
	! pgrep -f -- "-F $dir/app.log" >pids
}
! no_tail && kill $shell && within 10 no_tail
check "vector: tail and hrgloss end when the shell is stopped" $? pids
silent vector
rm -f app.log

# --- Logstash: the pipe is closed when it was idle, and opened anew for the next message
take logstash/pipe.conf 's/^ *command => "\(.*\)"/\1/p'
split -n l/20 log piece.
for piece in piece.*; do
	sh -c "exec $command" <"$piece" >out 2>err || lost=1
done
check "logstash: twenty starts, each with status 0" $lost
same "logstash: the file they appended to" app.explained.log
silent logstash
rm -f app.explained.log piece.*

# --- NXLog: a program and its arguments, standard error closed
example nxlog/nxlog.conf | sed -n 's/^ *Command \(.*\)/\1/p; s/^ *Arg *//p' >words
set --
while read -r word; do
	set -- "$@" "$word"
done <words
(cd / && env -i "$@") <log >out 2>&-
[ $? = 0 ] && [ ! -s out ]
check "nxlog: ends with status 0" $? out
same "nxlog: the file" app.explained.log
rm -f app.explained.log

# --- Kubernetes: process 1 of its own, a pipe with a name, TERM at the end
command=$(example kubernetes/sidecar.yaml | sed -n 's/^ *command: \(\["sh", "-c", "exec .*hrgloss.*\)/\1/p' | jq -r '.[2]' |
	sed "s|<>.*|<>$dir/pipe|")
unshare --pid --fork --mount-proc --kill-child sh -c "$command" >out 2>err &
outer=$!
running=$outer
cat log >pipe
within 10 pgrep -P $outer >pids
kill -TERM "$(head -n 1 pids)"
wait $outer
check "kubernetes: as process 1, TERM ends it with status 0" $? err
same "kubernetes: what was in the pipe came out" out
silent kubernetes
running=

# --- Docker: the same; TERM comes while the application is writing, again and again, and the pipe is made by who reads it
container() {
	command=$(example docker/compose.yaml | sed -n "/^  $1:/,/^\$/s/^ *command: //p" | jq -r '.[2]' | sed "s|/tmp/lines|$dir/lines|g")
	unshare --pid --fork --mount-proc --kill-child sh -c "$command" >out 2>err &
	outer=$!
	running=$outer
}
mkdir app
lost=0
for round in 1 2 3 4 5; do
	container explained
	within 10 test -p app/pipe
	exec 3<>app/pipe
	head -n $((round * 3000)) log >part
	cat part >&3
	within 10 pgrep -P $outer >pids
	kill -TERM "$(head -n 1 pids)"
	wait $outer || lost=1
	exec 3>&-
	"$HRGLOSS" --lang=en <part | cmp - out >difference 2>&1 || lost=1
	rm app/pipe
done
check "docker: as process 1, TERM while lines come, five times: status 0 and no line lost" $lost difference
silent docker

mkdir -p containers/a
awk '{ gsub(/[\\"]/, "\\\\&"); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); printf "{\"log\":\"%s\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-22T10:00:00.%09dZ\"}\n", $0, NR }' \
	log | iconv -f UTF-8 -t UTF-8 -c >json
: >containers/a/a-json.log
container containers
for piece in 1 2 3 4; do
	split -n $piece/4 json >>containers/a/a-json.log
	sleep 0.3
done
within 30 has_lines $lines out
pgrep -P $outer >pids
kill -TERM "$(head -n 1 pids)"
wait $outer
check "docker: reading the logs of containers, as process 1, TERM ends it with status 0" $? err
silent "docker: containers"
"$HRGLOSS" --lang=en --format ndjson --field log --inline --add-key= <json | cmp - out >difference 2>&1
check "docker: the lines of json-file, in order and whole" $? difference
jq -r .log json >plain
jq -r .log out | "$HRGLOSS" --strip | cmp - plain >difference 2>&1
check "docker: the messages are what they were, but for what is explained" $? difference
running=
example docker/Dockerfile | sed -n 's/^RUN.*--no-install-recommends \(lib.*\) \\$/\1/p' | tr ' ' '\n' | sort >named
ldd "$HRGLOSS" | sed -n 's/.*=> \([^ ]*\) .*/\1/p' | xargs -n 1 basename | grep -v '^libc\.\|^lib[au]bsan\|^libasan\|^libm\.\|^libgcc' |
	while read -r library; do
		dpkg -S "*/$library" | sed 's/:.*//' | head -n 1
	done | sort -u | cmp - named >difference 2>&1
check "docker: the image has the libraries that the program is linked with" $? difference

# --- Hadoop and Spark: a process for each part of the input, whose status has to be 0
take hadoop/explain "s/.*-mapper '\(.*\)'/\1/p"
mapper=$command
command=$(example spark/explain.py | sed -n 's/^command = .*+ "\(.*\)"/hrgloss\1/p')
[ -n "$command" ]
check "spark: the example names a command" $?
split -n l/8 log part.
PATH=$(dirname "$HRGLOSS"):$PATH
for program in hadoop spark; do
	[ $program = spark ] || command=$mapper
	lost=0
	for part in part.*; do
		env -i PATH="$PATH" $command <"$part" 2>>err || lost=1
	done >out
	check "$program: each part ends with status 0" $lost
	same "$program: the parts" out
	silent $program
	command=$(example spark/explain.py | sed -n 's/^command = .*+ "\(.*\)"/hrgloss\1/p')
done
exit $bad
