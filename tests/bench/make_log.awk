# Writes a log of about `bytes` bytes: awk -v kind=KIND -v bytes=N -f make_log.awk. The same arguments give the same log.
#   dense   every line has a code, in one of eleven spellings
#   sparse  one line in fifty has
#   plain   none has, but numbers, paths and long digits are everywhere
#   worst   every word is a candidate that needs the words around it, all in one line
#   long    the sparse log without its line ends
#   utf8    the sparse log in Portuguese and Japanese
function pad(i) {
	return sprintf("2026-03-%02d %02d:%02d:%02d.%03d host%d app[%d]: ", i % 28 + 1, i % 24, i % 60, (i * 7) % 60, i % 1000, i % 9, i % 30000)
}
BEGIN {
	split("0x8009030c,0x80070005,0xC000006D,0x80004005,0x800f0805,0xc0000022,0x8024402C,-2146893044,-1073741819,SEC_E_WRONG_PRINCIPAL,STATUS_ACCESS_DENIED", code, ",")
	split("worker started on port 8443 after 12 ms;session 30546173_4261722401 opened for user ana;GET /api/v1/orders/88213 200 5123 17ms;cache refresh took 0.231 s for 4096 keys;connection from 10.4.7.21:50122 accepted;job 7f96-1cf0 queued with priority 5;read 65536 bytes from /var/lib/app/data.bin;checkpoint 0000004A/7C1F2E10 written in 3 segments", plain, ";")
	split("sessão 30546173 aberta para o usuário joão após 12 ms;conexão de 10.4.7.21:50122 aceita, autenticação concluída;ポート8443で受信を開始しました（12ミリ秒）;ファイル「データ.bin」から65536バイトを読み込みました", foreign, ";")
	every = kind == "dense" ? 1 : 50
	for (i = 1; out < bytes; i++) {
		if (kind == "worst") {
			line = "error " i % 100 " 80004005 code " i % 7 " "
		} else if (kind != "plain" && i % every == 0) {
			line = pad(i) (kind == "utf8" ? "a operação não concluída falhou, erro " : "request " i " failed with error ") code[i % 11 + 1] ", giving up"
		} else if (kind == "utf8") {
			line = pad(i) foreign[i % 4 + 1] " (" i ")"
		} else {
			line = pad(i) plain[i % 8 + 1] " (" i ")"
		}
		end = kind == "worst" ? "" : kind == "long" ? " " : "\n"
		printf "%s%s", line, end
		out += length(line) + length(end)
	}
	if (end != "\n")
		print ""
}
