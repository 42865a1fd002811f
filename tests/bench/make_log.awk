# Writes a log of about `bytes` bytes: awk -v kind=KIND -v bytes=N -f make_log.awk. The same arguments give the same log.
#   dense   every line has a code, in one of eleven spellings
#   sparse  one line in fifty has
#   plain   none has, but numbers, paths and long digits are everywhere
#   worst   every word is a candidate that needs the words around it, all in one line
#   long    the sparse log without its line ends
#   utf8    the sparse log in Portuguese and Japanese
#   events  events of Windows as lines of this program, of 300 to 500 bytes; every fourth has codes
#   json    events of Windows as winlogbeat ships them, of one to two KB a line; every fourth has codes
function pad(i) {
	return sprintf("2026-03-%02d %02d:%02d:%02d.%03d host%d app[%d]: ", i % 28 + 1, i % 24, i % 60, (i * 7) % 60, i % 1000, i % 9, i % 30000)
}
# One event as a line of JSON.
function json_event(i, code, status, event, text) {
	event = i % 4 == 0 ? 4625 : i % 4 == 1 ? 4624 : i % 4 == 2 ? 4688 : 5156
	status = i % 4 == 0 ? "\"Status\":\"" code[i % 11 + 1] "\",\"SubStatus\":\"" code[(i + 4) % 11 + 1] "\"," : ""
	text = i % 4 == 0 ? "An account failed to log on.\\n\\nSubject:\\n\\tSecurity ID:\\t\\tS-1-5-18\\n\\tAccount Name:\\t\\tHOST" i % 9 "$\\n\\nFailure Information:\\n\\tFailure Reason:\\t\\t%%2313\\n\\tStatus:\\t\\t\\t" code[i % 11 + 1] "\\n\\tSub Status:\\t\\t" code[(i + 4) % 11 + 1] : "A process has ended.\\n\\nSubject:\\n\\tSecurity ID:\\t\\tS-1-5-21-37512-" i * 7919 % 99991 "-1104\\n\\tAccount Name:\\t\\tuser" i % 300 "\\n\\nProcess Information:\\n\\tProcess Name:\\tC:\\\\Program Files\\\\Vendor\\\\agent" i % 40 ".exe"
	return sprintf("{\"@timestamp\":\"2026-03-%02dT%02d:%02d:%02d.%03dZ\",\"@metadata\":{\"beat\":\"winlogbeat\",\"type\":\"_doc\",\"version\":\"8.17.0\"},", i % 28 + 1, i % 24, i % 60, (i * 7) % 60, i % 1000) \
		sprintf("\"winlog\":{\"provider_name\":\"Microsoft-Windows-Security-Auditing\",\"event_id\":\"%d\",\"record_id\":%d,\"version\":2,\"opcode\":\"Info\",\"channel\":\"Security\",\"computer_name\":\"host%d.corp.example\",\"keywords\":[\"Audit Success\"],\"process\":{\"pid\":%d,\"thread\":{\"id\":%d}},\"provider_guid\":\"{54849625-5478-4994-A5BA-3E3B0328C30D}\",", event, 4000000 + i, i % 9, 600 + i % 5000, 7000 + i % 900) \
		sprintf("\"event_data\":{%s\"SubjectUserSid\":\"S-1-5-21-37512-%d-1104\",\"SubjectUserName\":\"user%d\",\"SubjectDomainName\":\"CORP\",\"SubjectLogonId\":\"0x%x\",\"TargetUserName\":\"user%d\",\"TargetDomainName\":\"CORP\",\"LogonType\":\"3\",\"IpAddress\":\"10.4.%d.%d\",\"IpPort\":\"%d\",\"ProcessName\":\"C:\\\\Program Files\\\\Vendor\\\\agent%d.exe\"}},", status, i * 7919 % 99991, i % 300, 999 + i * 31 % 8000000, i % 77, i % 250, i % 253, 1024 + i % 60000, i % 40) \
		sprintf("\"event\":{\"kind\":\"event\",\"code\":\"%d\",\"provider\":\"Microsoft-Windows-Security-Auditing\",\"created\":\"2026-03-%02dT%02d:%02d:%02d.%03dZ\"},\"host\":{\"name\":\"host%d.corp.example\",\"os\":{\"family\":\"windows\",\"build\":\"20348.2227\",\"kernel\":\"10.0.20348.2227\"},\"ip\":[\"10.4.%d.%d\"],\"mac\":[\"00-15-5D-0%d-7F-96\"]},\"log\":{\"level\":\"information\"},\"message\":\"%s\"}", event, i % 28 + 1, i % 24, i % 60, (i * 7) % 60, i % 1000, i % 9, i % 250, i % 253, i % 10, text)
}
# One event as the line that an event log becomes.
function event_line(i, code,  head) {
	head = sprintf("2026-03-%02dT%02d:%02d:%02d.%03d0000Z Microsoft-Windows-", i % 28 + 1, i % 24, i % 60, (i * 7) % 60, i % 1000)
	if (i % 4 == 0)
		return head sprintf("Security-Auditing 4625 Information host%d.corp.example: SubjectUserSid=S-1-5-18; SubjectUserName=HOST%d$; SubjectDomainName=CORP; SubjectLogonId=0x%x; TargetUserSid=S-1-0-0; TargetUserName=user%d; Status=%s; FailureReason=%%%%2313; SubStatus=%s; LogonType=3; LogonProcessName=NtLmSsp; WorkstationName=PC%d; ProcessId=0x%x; IpAddress=10.4.%d.%d; IpPort=%d", i % 9, i % 9, 999 + i * 31 % 8000000, i % 300, code[i % 11 + 1], code[(i + 4) % 11 + 1], i % 700, i % 9999, i % 77, i % 250, 1024 + i % 60000)
	if (i % 4 == 1)
		return head sprintf("Security-Auditing 4624 Information host%d.corp.example: SubjectUserSid=S-1-5-18; TargetUserSid=S-1-5-21-37512-%d-1104; TargetUserName=user%d; TargetLogonId=0x%x; LogonType=%d; LogonProcessName=Advapi; AuthenticationPackageName=Negotiate; LogonGuid={54849625-5478-4994-A5BA-3E3B0328C30D}; KeyLength=0; ProcessId=0x%x; ProcessName=C:\\Windows\\System32\\services.exe; IpAddress=-; IpPort=-", i % 9, i * 7919 % 99991, i % 300, 999 + i * 31 % 8000000, i % 11, i % 9999)
	if (i % 4 == 2)
		return head sprintf("Security-Auditing 4688 Information host%d.corp.example: SubjectUserSid=S-1-5-18; SubjectLogonId=0x3e7; NewProcessId=0x%x; NewProcessName=C:\\Program Files\\Vendor\\agent%d.exe; ProcessId=0x%x; CommandLine=agent%d.exe --port %d --level 5; MandatoryLabel=S-1-16-16384", i % 9, i % 65536, i % 40, i % 9999, i % 40, 1024 + i % 60000)
	return head sprintf("Kernel-General 16 Information host%d.corp.example: HiveNameLength=%d; HiveName=\\??\\C:\\Users\\user%d\\NTUSER.DAT; KeysUpdated=%d; DirtyPages=%d; ProcessId=%d; SessionEnv=0x%08x; OriginalSize=%d; NewSize=%d", i % 9, 40 + i % 60, i % 300, i % 5000, i % 900, 600 + i % 5000, i * 7919 % 99991, 4096 * (i % 700), 4096 * (i % 600))
}
BEGIN {
	split("0x8009030c,0x80070005,0xC000006D,0x80004005,0x800f0805,0xc0000022,0x8024402C,-2146893044,-1073741819,SEC_E_WRONG_PRINCIPAL,STATUS_ACCESS_DENIED", code, ",")
	split("worker started on port 8443 after 12 ms;session 30546173_4261722401 opened for user ana;GET /api/v1/orders/88213 200 5123 17ms;cache refresh took 0.231 s for 4096 keys;connection from 10.4.7.21:50122 accepted;job 7f96-1cf0 queued with priority 5;read 65536 bytes from /var/lib/app/data.bin;checkpoint 0000004A/7C1F2E10 written in 3 segments", plain, ";")
	split("sessão 30546173 aberta para o usuário joão após 12 ms;conexão de 10.4.7.21:50122 aceita, autenticação concluída;ポート8443で受信を開始しました（12ミリ秒）;ファイル「データ.bin」から65536バイトを読み込みました", foreign, ";")
	every = kind == "dense" ? 1 : 50
	for (i = 1; out < bytes; i++) {
		if (kind == "json") {
			line = json_event(i, code)
		} else if (kind == "events") {
			line = event_line(i, code)
		} else if (kind == "worst") {
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
