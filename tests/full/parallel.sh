#!/bin/sh
# hrgloss under GNU parallel, by the script of examples/shippers/parallel. Wants parallel.
set -u
. "$TOP/tests/tap.sh"
. "$TOP/tests/shipping.sh"
need parallel
example parallel/explain >explain
HOME=$dir sh explain log >out 2>err
same "--pipepart: the parts in order" out
[ ! -s err ]
check "--pipepart: nothing is said" $? err
HOME=$dir parallel --will-cite --pipe --block 1M -k "$HRGLOSS" <log >out 2>err
same "--pipe: the blocks in order" out
[ ! -s err ]
check "--pipe: nothing is said" $? err
HOME=$dir parallel --will-cite --pipe --block 100k -j 4 "$HRGLOSS" <log | LC_ALL=C sort >out
LC_ALL=C sort explained >sorted
same "--pipe in any order: all lines are there and whole" out sorted
exit $bad
