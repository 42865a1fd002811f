# Writes a log of about `bytes` bytes: awk -v kind=dense|sparse|plain -v bytes=N -f make_log.awk
# dense: every line has a code; sparse: one in fifty; plain: none. The same arguments give the same log.
BEGIN {
	split("0x8009030c,0x80070005,0xC000006D,0x80004005,0x800f0805,0xc0000022,0x8024402C,-2146893044,-1073741819,SEC_E_WRONG_PRINCIPAL,STATUS_ACCESS_DENIED", code, ",")
	split("worker started on port 8443 after 12 ms;session 30546173_4261722401 opened for user ana;GET /api/v1/orders/88213 200 5123 17ms;cache refresh took 0.231 s for 4096 keys;connection from 10.4.7.21:50122 accepted;job 7f96-1cf0 queued with priority 5;read 65536 bytes from /var/lib/app/data.bin;checkpoint 0000004A/7C1F2E10 written in 3 segments", plain, ";")
	out = 0
	for (i = 1; out < bytes; i++) {
		stamp = sprintf("2026-03-%02d %02d:%02d:%02d.%03d host%d app[%d]: ", i % 28 + 1, i % 24, i % 60, (i * 7) % 60, i % 1000, i % 9, i % 30000)
		if (kind == "dense" || (kind == "sparse" && i % 50 == 0))
			line = stamp "request " i " failed with error " code[i % 11 + 1] ", giving up"
		else
			line = stamp plain[i % 8 + 1] " (" i ")"
		print line
		out += length(line) + 1
	}
}
