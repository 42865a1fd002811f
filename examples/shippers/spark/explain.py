# Explains logs by Spark: spark-submit --files /usr/local/bin/hrgloss explain.py FROM TO. Each partition goes through a hrgloss of its
# own; checkCode makes a failure one of the task.
import sys
from pyspark import SparkContext, SparkFiles

context = SparkContext(appName="explain")
command = SparkFiles.get("hrgloss") + " --lang=en"
context.textFile(sys.argv[1]).pipe(command, checkCode=True).saveAsTextFile(sys.argv[2])
