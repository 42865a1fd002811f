timeout: failed to run command ‘/tmp/inject’: No such file or directory
