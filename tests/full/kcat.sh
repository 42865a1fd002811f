#!/bin/sh
# hrgloss between two topics of Kafka, by the script of examples/shippers/kafka. The broker is the stand-in that is built into
# librdkafka; it keeps 5 MB a partition, so there are ten topics in turn. Wants kcat.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need kcat
export HOME="$dir"
kcat -C -X test.mock.num.brokers=1 -b none -t none -d mock >broker.out 2>broker.err &
running=$!
within 10 grep -q 'bootstrap.servers=' broker.err
check "the stand-in broker runs" $? broker.err
broker=$(sed -n 's/.*bootstrap.servers=\([0-9.]*:[0-9]*\).*/\1/p' broker.err | head -n 1)
example kafka/explain >explain
awk '{ print > ("part." int((NR - 1) / 20000)) }' log
: >all
for n in 0 1 2 3 4 5 6 7 8 9; do
	timeout 60 kcat -P -b "$broker" -t in$n -p 0 -X enable.idempotence=true part.$n -l &&
		timeout 60 sh explain "$broker" in$n out$n &&
		timeout 60 kcat -C -q -e -b "$broker" -t out$n -p 0 -o beginning >>all
done 2>err
check "ten topics went through" $? err
same "kcat | hrgloss | kcat: all messages in order" all
exit $bad
