import JSON

extension LogFormat {
    /// The line with its newline; `time` is of the day, as the API writes times.
    func text(_ line: LogLine, time: String, repeats: Int) -> String {
        var fields = [
            LogLine.Field(name: "level", value: line.level.word),
            LogLine.Field(name: "msg", value: line.message),
        ]
        fields += line.fields
        if repeats > 0 { fields.append(LogLine.Field(name: "repeated", value: "\(repeats)")) }
        switch self {
        case .text: return fields.map(\.pair).joined(separator: " ") + "\n"
        case .json:
            fields.insert(LogLine.Field(name: "time", value: time), at: 0)
            let members = fields.map {
                JSONObject.Member(key: $0.name, value: .string($0.value))
            }
            return JSONValue.object(JSONObject(members: members)).text + "\n"
        }
    }
}

extension LogLine.Field {
    fileprivate var pair: String { "\(name)=\(isBare ? value : JSONValue.string(value).text)" }

    /// Whether nobody could take the value for anything but one word.
    private var isBare: Bool {
        !value.isEmpty
            && value.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=")
                    && $0 != UInt8(ascii: "\\")
            }
    }
}
