-- A Lua filter for Fluent Bit that explains the Windows codes in a record, by libhrgloss through LuaJIT's FFI. `call` in
-- lua.yaml or lua.conf names one of these:
--
--   explain_member   adds a member "hrgloss" that lists the codes with name and meaning; the texts stay as they are
--   explain_inline   puts the explanation into the texts, right after the code
--   explain_both     does both
--
-- What follows can be set here, or in a global table HRGLOSS before this file is loaded; see lua.yaml.
local settings = {
	-- members to look in, with dots for members of members; what is inside of one is looked through, too. "*" is all of them.
	keys = { "log", "message" },
	language = "en", -- or "pt_BR"
	hint = false, -- true adds what to check next
	every = false, -- true explains a code each time, not once a text
	evidence = "normal", -- "strict" takes sure spellings only, "loose" weak ones, too
	member = "hrgloss", -- what the added member is called
	-- where the library may be; a name without slashes is looked for as ld.so does
	library = { "libhrgloss.so.0", "/usr/local/lib/libhrgloss.so.0" },
}
for key, value in pairs(type(HRGLOSS) == "table" and HRGLOSS or {}) do
	settings[key] = value
end

-- Of hrgloss.h, what is called here. The options end early; the library takes the rest for defaults.
local declarations = [[
typedef struct hrgloss hrgloss;
typedef struct hrgloss_scratch hrgloss_scratch;
struct hrgloss_error {
	int status;
	const char *text, *source;
	size_t line, column;
	void *reserved[3];
};
struct hrgloss_options {
	size_t size;
	const char *language;
	int place, format, evidence;
	bool every, hint, rest[6];
};
hrgloss *hrgloss_new(const struct hrgloss_options *options, struct hrgloss_error *error);
void hrgloss_free(hrgloss *h);
hrgloss_scratch *hrgloss_scratch_new(const hrgloss *h);
void hrgloss_scratch_free(hrgloss_scratch *s);
int hrgloss_scan(hrgloss_scratch *s, const char *text, size_t len, size_t *count);
int hrgloss_annotate(hrgloss_scratch *s, const char *text, size_t len, char *buf, size_t size, size_t *length);
uint64_t hrgloss_hit_start(const hrgloss_scratch *s, size_t i);
uint64_t hrgloss_hit_end(const hrgloss_scratch *s, size_t i);
uint32_t hrgloss_hit_value(const hrgloss_scratch *s, size_t i);
bool hrgloss_hit_is_sure(const hrgloss_scratch *s, size_t i);
size_t hrgloss_hit_entries(const hrgloss_scratch *s, size_t i, uint32_t *entries, size_t max);
unsigned hrgloss_hit_situation(const hrgloss_scratch *s, size_t i);
int hrgloss_hit_role(const hrgloss_scratch *s, size_t i);
const char *hrgloss_space(const hrgloss *h, uint32_t entry);
const char *hrgloss_name(const hrgloss *h, uint32_t entry);
const char *hrgloss_situation_meaning(const hrgloss *h, uint32_t entry, unsigned situation);
const char *hrgloss_situation_hint(const hrgloss *h, uint32_t entry, unsigned situation);
]]
local TOO_SMALL, REPEATED = 7, 1 -- HRGLOSS_TOO_SMALL, HRGLOSS_REPEATED
local EVIDENCE = { normal = 0, strict = 1, loose = 2 }
local DEEPEST = 100 -- tables in tables, so that none that contains itself is followed for ever

-- Standard output may be where records go.
local said = {}
local function say(what)
	what = tostring(what)
	if not said[what] then
		said[what] = true
		io.stderr:write("hrgloss.lua: ", what, "; records stay as they are\n")
	end
end

local ffi, lib, handle, scratch
local size, entries, buffer, room

local function load_library()
	local ok, why
	for _, name in ipairs(type(settings.library) == "table" and settings.library or { settings.library }) do
		ok, lib = pcall(ffi.load, name)
		if ok then
			return
		end
		why = why or lib
	end
	error(why, 0)
end

local function set_up()
	ffi = require("ffi")
	pcall(ffi.cdef, declarations) -- fails where this file was loaded before, which does no harm
	load_library()
	local options, problem = ffi.new("struct hrgloss_options"), ffi.new("struct hrgloss_error")
	options.size = ffi.sizeof(options)
	options.language = settings.language
	options.every = settings.every
	options.hint = settings.hint
	options.evidence = assert(EVIDENCE[settings.evidence], "no such evidence")
	local h = lib.hrgloss_new(options, problem)
	if h == nil then
		error(ffi.string(problem.text), 0)
	end
	local s = lib.hrgloss_scratch_new(h)
	if s == nil then
		lib.hrgloss_free(h)
		error("out of memory", 0)
	end
	size, entries, room = ffi.new("size_t[1]"), ffi.new("uint32_t[16]"), 16384
	buffer = ffi.new("char[?]", room)
	scratch = s
	handle = ffi.gc(h, function()
		lib.hrgloss_scratch_free(s)
		lib.hrgloss_free(h)
	end)
end

local ok, why = pcall(set_up)
if not ok then
	handle = nil
	say(why)
end

local function string_or_nil(text)
	return text[0] ~= 0 and ffi.string(text) or nil
end

-- One code as `hrgloss --format ndjson` lists it.
local function element(i, count, path)
	local e = {
		code = string.format("0x%08X", lib.hrgloss_hit_value(scratch, i)),
		field = path,
		start = tonumber(lib.hrgloss_hit_start(scratch, i)),
		["end"] = tonumber(lib.hrgloss_hit_end(scratch, i)),
	}
	if count > 0 then
		e.space = ffi.string(lib.hrgloss_space(handle, entries[0]))
		e.name = ffi.string(lib.hrgloss_name(handle, entries[0]))
		local situation = lib.hrgloss_hit_situation(scratch, i)
		e.meaning = string_or_nil(lib.hrgloss_situation_meaning(handle, entries[0], situation))
		e.hint = settings.hint and string_or_nil(lib.hrgloss_situation_hint(handle, entries[0], situation)) or nil
	end
	if count > 1 and not lib.hrgloss_hit_is_sure(scratch, i) then
		e["or"] = {}
		for k = 1, count - 1 do
			e["or"][k] = ffi.string(lib.hrgloss_name(handle, entries[k]))
		end
	end
	return e
end

-- Adds what the last scan has found to the list of the record, each code once.
local function list_hits(found, path, list)
	for i = 0, found - 1 do
		if lib.hrgloss_hit_role(scratch, i) ~= REPEATED then
			local count = tonumber(lib.hrgloss_hit_entries(scratch, i, entries, 16))
			local key = count > 0 and entries[0] or -lib.hrgloss_hit_value(scratch, i) - 1
			if settings.every or not list.seen[key] then
				list.seen[key] = true
				list[#list + 1] = element(i, count, path)
			end
		end
	end
end

local function annotate(text)
	local status = lib.hrgloss_annotate(scratch, text, #text, buffer, room, size)
	if status == TOO_SMALL then
		room = tonumber(size[0]) + 1
		buffer = ffi.new("char[?]", room)
		status = lib.hrgloss_annotate(scratch, text, #text, buffer, room, size)
	end
	return status == 0 and ffi.string(buffer, size[0]) or text
end

-- What the text becomes.
local function explain_text(text, path, inline, list)
	if lib.hrgloss_scan(scratch, text, #text, size) ~= 0 or size[0] == 0 then
		return text
	end
	if list then
		list_hits(tonumber(size[0]), path, list)
	end
	return inline and annotate(text) or text
end

local function path_of(path, key)
	if type(key) == "number" and path then
		return path
	end
	return path and path .. "." .. tostring(key) or tostring(key)
end

local explain_table

-- The value in place of this one, and whether it is another.
local function explain_value(value, path, inline, list, depth)
	if type(value) == "string" then
		local new = explain_text(value, path, inline, list)
		return new, new ~= value
	elseif type(value) == "table" and depth < DEEPEST then
		return value, explain_table(value, path, inline, list, depth + 1)
	end
	return value, false
end

-- All that is in the table; an element of an array has the array's path, as in what the command lists.
function explain_table(t, path, inline, list, depth)
	local changed = false
	for key, value in pairs(t) do
		if depth > 1 or key ~= settings.member then
			local new, other = explain_value(value, path_of(path, key), inline, list, depth)
			if other then
				t[key] = new
				changed = true
			end
		end
	end
	return changed
end

local function explain_key(record, key, inline, list)
	local holder, name = record, key
	while holder[name] == nil do -- a name with dots may be one name
		local first, rest = string.match(name, "^([^.]+)%.(.+)$")
		if not first or type(holder[first]) ~= "table" then
			return false
		end
		holder, name = holder[first], rest
	end
	local new, other = explain_value(holder[name], key, inline, list, 1)
	if other then
		holder[name] = new
	end
	return other
end

local function explain_record(record, inline, member)
	local list = member and record[settings.member] == nil and { seen = {} } or nil
	local changed = false
	for _, key in ipairs(settings.keys) do
		local other
		if key == "*" then
			other = explain_table(record, nil, inline, list, 1)
		else
			other = explain_key(record, key, inline, list)
		end
		changed = changed or other
	end
	if list and #list > 0 then
		list.seen = nil
		record[settings.member] = list
		changed = true
	end
	return changed
end

-- 0 leaves the record to Fluent Bit as it has it; what else is returned is not used then, but would be packed all the same.
-- 2 is a changed record with the time it had.
local function filter(timestamp, record, inline, member)
	if not handle or type(record) ~= "table" then
		return 0, timestamp, nil
	end
	local fine, changed = pcall(explain_record, record, inline, member)
	if not fine then
		say(changed)
	end
	if fine and changed then
		return 2, timestamp, record
	end
	return 0, timestamp, nil
end

function explain_member(_, timestamp, record)
	return filter(timestamp, record, false, true)
end

function explain_inline(_, timestamp, record)
	return filter(timestamp, record, true, false)
end

function explain_both(_, timestamp, record)
	return filter(timestamp, record, true, true)
end
