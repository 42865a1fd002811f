-- Plays Fluent Bit for hrgloss.lua; fluent_bit.sh runs it in LuaJIT. The first argument says what is wanted:
--   records            runs the table below, and speaks TAP
--   lines CALL         standard input by lines, each as { log = line }; writes what `log` is then, or, without a code, was
--   list               the same, but writes what the member lists, tab by tab
--   missing            what becomes of records when the library is not there
--   thrown             what becomes of records in which an error comes up
--   grow               how many KB more are in use after 100,000 records with codes than after 10,000
local SCRIPT = os.getenv("TOP") .. "/examples/shippers/fluent-bit/hrgloss.lua"

-- The functions of the script, with settings, as another Lua state would have them.
local function load_script(settings)
	local env = setmetatable({ HRGLOSS = settings }, { __index = _G })
	setfenv(assert(loadfile(SCRIPT)), env)()
	return env
end

local bad = false
local function check(name, ok, why)
	print((ok and "ok - lua: " or "not ok - lua: ") .. name .. (ok and "" or ": " .. tostring(why)))
	bad = bad or not ok
end

local function show(value, depth)
	depth = depth or 1
	if type(value) ~= "table" or depth > 5 then
		return type(value) == "string" and string.format("%q", #value < 300 and value or #value .. " bytes") or tostring(value)
	end
	local keys, parts = {}, {}
	for key in pairs(value) do
		keys[#keys + 1] = key
	end
	table.sort(keys, function(a, b)
		return tostring(a) < tostring(b)
	end)
	for i, key in ipairs(keys) do
		parts[i] = tostring(key) .. "=" .. show(value[key], depth + 1)
	end
	return "{" .. table.concat(parts, " ") .. "}"
end

local function same(a, b)
	if type(a) ~= "table" or type(b) ~= "table" then
		return a == b
	end
	for key in pairs(a) do
		if not same(a[key], b[key]) then
			return false
		end
	end
	for key in pairs(b) do
		if a[key] == nil then
			return false
		end
	end
	return true
end

local FAIL = " [E_FAIL: failed without a closer reason given by the component]"
local function fail(field, start, more)
	local e = { code = "0x80004005", space = "hresult", name = "E_FAIL", field = field, start = start, ["end"] = start + 10 }
	e.meaning = "failed without a closer reason given by the component"
	for key, value in pairs(more or {}) do
		e[key] = value
	end
	return e
end
local long = string.rep("stack=10. ", 1000)
local huge = string.rep("stack=10. ", 200000)
local null = newproxy() -- a value that is not Lua data, as flb_null is
local all = { keys = { "*" } }

-- name, function, record, what it becomes (nil: returns 0), settings
local cases = {
	{ "a code in a text is explained there", "explain_inline", { log = "NTE 0x80004005" }, { log = "NTE 0x80004005" .. FAIL } },
	{ "a code in a text is listed", "explain_member", { log = "NTE 0x80004005" },
		{ log = "NTE 0x80004005", hrgloss = { fail("log", 4) } } },
	{ "explain_both does both", "explain_both", { log = "NTE 0x80004005" },
		{ log = "NTE 0x80004005" .. FAIL, hrgloss = { fail("log", 4) } } },
	{ "a text without a code is left alone", "explain_both", { log = "request 80 took 5 ms" } },
	{ "message is looked at like log", "explain_inline", { message = "0x80004005" }, { message = "0x80004005" .. FAIL } },
	{ "other members are not looked at", "explain_both", { msg = "0x80004005", level = "0x80004005" } },
	{ "an empty text is left alone", "explain_both", { log = "" } },
	{ "an empty record is left alone", "explain_both", {} },
	{ "a number is left alone", "explain_both", { log = 2147500037, message = -2147467259 } },
	{ "true and false are left alone", "explain_both", { log = true, message = false } },
	{ "null is left alone, and stays", "explain_inline", { log = null, message = "0x80004005" },
		{ log = null, message = "0x80004005" .. FAIL } },
	{ "texts in a map are explained", "explain_both", { log = { a = { b = "0x80004005", c = 1 } } },
		{ log = { a = { b = "0x80004005" .. FAIL, c = 1 } }, hrgloss = { fail("log.a.b", 0) } } },
	{ "texts in an array are explained", "explain_both", { log = { "x", 7, "0x80004005" } },
		{ log = { "x", 7, "0x80004005" .. FAIL }, hrgloss = { fail("log", 0) } } },
	{ "an empty array stays", "explain_inline", { log = {}, message = "0x80004005" },
		{ log = {}, message = "0x80004005" .. FAIL } },
	{ "a table in itself ends", "explain_both", (function()
		local t = { a = "no code" }
		t.t = t
		return { log = t }
	end)() },
	{ "8 KB and more before the code", "explain_both", { log = long .. "0x80004005" },
		{ log = long .. "0x80004005" .. FAIL, hrgloss = { fail("log", #long) } } },
	{ "2 MB around the code", "explain_both", { log = huge .. "0x80004005 " .. huge },
		{ log = huge .. "0x80004005" .. FAIL .. " " .. huge, hrgloss = { fail("log", #huge) } } },
	{ "200 codes in a text, each explained where that is asked", "explain_inline", { log = string.rep("0x80004005 ", 200) },
		{ log = string.rep("0x80004005" .. FAIL .. " ", 200) }, { every = true } },
	{ "NUL bytes stay", "explain_inline", { log = "a\0b\0 0x80004005\0end" }, { log = "a\0b\0 0x80004005" .. FAIL .. "\0end" } },
	{ "broken UTF-8 stays", "explain_inline", { log = "\255\254 \195 0x80004005 caf\233" },
		{ log = "\255\254 \195 0x80004005" .. FAIL .. " caf\233" } },
	{ "the line feed that Docker leaves stays last", "explain_inline", { log = "0x80004005\n" },
		{ log = "0x80004005" .. FAIL .. "\n" } },
	{ "each line of a text is explained", "explain_inline", { log = "0x80004005\r\n at\n0x80004005" },
		{ log = "0x80004005" .. FAIL .. "\r\n at\n0x80004005" .. FAIL } },
	{ "a code is listed once a record", "explain_member", { log = "0x80004005, 0x80004005", message = "0x80004005" },
		{ log = "0x80004005, 0x80004005", message = "0x80004005", hrgloss = { fail("log", 0) } } },
	{ "or each time, where that is asked", "explain_member", { log = "0x80004005, 0x80004005" },
		{ log = "0x80004005, 0x80004005", hrgloss = { fail("log", 0), fail("log", 12) } }, { every = true } },
	{ "a name and its number are one code", "explain_member", { log = "E_FAIL (0x80004005)" },
		{ log = "E_FAIL (0x80004005)", hrgloss = { fail("log", 8) } } },
	{ "what is explained already is left alone", "explain_inline", { log = "0x80004005" .. FAIL } },
	{ "a member of that name is kept", "explain_both", { log = "0x80004005", hrgloss = "mine" },
		{ log = "0x80004005" .. FAIL, hrgloss = "mine" } },
	{ "a member that was added is kept", "explain_member", { log = "0x80004005", hrgloss = { fail("log", 0) } } },
	{ "the member may be called otherwise", "explain_member", { log = "0x80004005" },
		{ log = "0x80004005", codes = { fail("log", 0) } }, { member = "codes" } },
	{ "members of members by dots", "explain_both", { win = { data = { Status = "0x80004005", Other = "0x80004005" } } },
		{ win = { data = { Status = "0x80004005" .. FAIL, Other = "0x80004005" } }, hrgloss = { fail("win.data.Status", 0) } },
		{ keys = { "win.data.Status" } } },
	{ "a member with dots in its name", "explain_inline", { ["win.data"] = "0x80004005" }, { ["win.data"] = "0x80004005" .. FAIL },
		{ keys = { "win.data" } } },
	{ "a path that leads nowhere", "explain_both", { win = "0x80004005" }, nil, { keys = { "win.data", "no.such", "", "." } } },
	{ "* is every text", "explain_both", { n = 1, a = { b = { "0x80004005" } } },
		{ n = 1, a = { b = { "0x80004005" .. FAIL } }, hrgloss = { fail("a.b", 0) } }, all },
	{ "* leaves the added member alone", "explain_inline", { hrgloss = { { code = "0x80004005" } } }, nil, all },
	{ "hints, where they are asked for", "explain_member", { log = "0x8009030c" }, { log = "0x8009030c", hrgloss = { {
		code = "0x8009030C", space = "hresult", name = "SEC_E_LOGON_DENIED", field = "log", start = 0, ["end"] = 10,
		meaning = "the logon was refused: wrong password, or the account may not log on here",
		hint = "find event 4625 and read its SubStatus; calls to the computer itself by an alias: BackConnectionHostNames",
	} } }, { hint = true } },
	{ "another language", "explain_inline", { log = "Sub Status: 0xC0000072" },
		{ log = "Sub Status: 0xC0000072 [STATUS_ACCOUNT_DISABLED: logon recusado: a conta está desativada]" },
		{ language = "pt_BR" } },
	{ "weak spellings only where they are asked for", "explain_both", { log = "error 1326" }, nil, { evidence = "strict" } },
	{ "settings that make no sense leave records alone", "explain_both", { log = "0x80004005" }, nil, { language = "xx" } },
	{ "keys that are not a list leave records alone", "explain_both", { log = "0x80004005" }, nil, { keys = "log" } },
}

local wanted = {}
function wanted.records()
	for _, case in ipairs(cases) do
		local name, call, record, expected = case[1], case[2], case[3], case[4]
		local before = show(record)
		local code, time, new = load_script(case[5])[call]("app.web", 1700000000.25, record)
		if expected then
			check(name, code == 2 and time == 1700000000.25 and same(new, expected), code .. " " .. show(new))
			code = load_script(case[5])[call]("app.web", 0, new)
			check(name .. "; a second time changes nothing", code == 0, code)
		else
			check(name, code == 0 and time == 1700000000.25 and show(record) == before, show(record))
		end
	end
	local time = { sec = 1, nsec = 2 }
	local code, back = load_script().explain_both("t", time, { log = "0x80004005" })
	check("the time may be a table, and comes back", code == 2 and back == time, back)
	for _, record in ipairs({ "text", 1, true }) do
		check("a record that is not a table: " .. type(record), load_script().explain_both("t", 1, record) == 0)
	end
	local r = { log = "error 0x800702E4" }
	load_script({ evidence = "loose" }).explain_member("t", 1, r)
	local either = r.hrgloss and r.hrgloss[1]["or"]
	check("a value with two meanings tells the other one", same(either, { "ERROR_TAPI_CONFIGURATION" }), show(r))
end

function wanted.lines(call)
	local filter = load_script()[call]
	local changed = 0
	for line in io.lines() do
		local record = { time = 1, log = line }
		local code, _, new = filter("app", 1, record)
		changed = changed + (code == 2 and 1 or 0)
		io.write((code == 2 and new or record).log, "\n")
	end
	io.stderr:write(changed, "\n")
end

function wanted.list()
	local filter = load_script().explain_member
	for line in io.lines() do
		local record = { log = line }
		filter("app", 1, record)
		for _, e in ipairs(record.hrgloss or {}) do
			print(table.concat({ e.code, e.space or "", e.name or "", e.meaning or "", table.concat(e["or"] or {}, ","), e.field,
				e.start, e["end"] }, "\t"))
		end
	end
end

local function go_by(filters, records)
	for i = 1, 1000 do
		local record = setmetatable({}, { __index = records })
		local code, time, new = filters.explain_both("t", i, record)
		assert(code == 0 and time == i and new == nil and next(record) == nil)
	end
	print("1000 records went by")
end

function wanted.missing()
	go_by(load_script({ library = "libhrgloss-missing.so.0" }), { log = "0x80004005" })
end

function wanted.thrown()
	go_by(load_script(), function()
		error("thrown")
	end)
end

-- KB that the library has from malloc() and the script from Lua; pages that either keeps for later come and go by megabytes.
local function in_use()
	local ffi = require("ffi")
	pcall(ffi.cdef, [[
		struct mallinfo2 { size_t arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost; };
		struct mallinfo2 mallinfo2(void);
	]])
	collectgarbage()
	collectgarbage()
	local info = ffi.C.mallinfo2()
	return tonumber(info.uordblks + info.hblkhd) / 1024 + collectgarbage("count")
end

function wanted.grow()
	local filter, before = load_script().explain_both, nil
	for i = 1, 100000 do
		local record = { log = "request " .. i .. " failed, 0x80004005, 0x8009030c" .. (i % 1000 == 0 and long or "") }
		assert(filter("t", 1, record) == 2)
		if i == 10000 then
			before = in_use()
		end
	end
	print(math.ceil(in_use() - before))
end

wanted[arg[1]](arg[2])
os.exit(bad and 1 or 0, true)
