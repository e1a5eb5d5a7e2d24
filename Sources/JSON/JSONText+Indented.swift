extension JSONValue {
    /// The value as JSON with a line for each member and element, as `kubectl -o json` prints it.
    package var indentedText: String {
        var text = ""
        write(to: &text, margin: "\n")
        return text
    }

    private static let step = "    "

    /// Writes the value, whose own lines begin after `margin`.
    private func write(to text: inout String, margin: String) {
        let inner = margin + Self.step
        switch self {
        case .array(let elements) where !elements.isEmpty:
            for (index, element) in elements.enumerated() {
                text += (index == 0 ? "[" : ",") + inner
                element.write(to: &text, margin: inner)
            }
            text += margin + "]"
        case .object(let object) where !object.members.isEmpty:
            for (index, member) in object.members.enumerated() {
                text += (index == 0 ? "{" : ",") + inner
                text += JSONValue.string(member.key).text + ": "
                member.value.write(to: &text, margin: inner)
            }
            text += margin + "}"
        default: text += self.text
        }
    }
}

extension JSONValue {
    /// The same value with the keys of every object in order of the alphabet.
    package var sorted: JSONValue {
        switch self {
        case .array(let elements): .array(elements.map(\.sorted))
        case .object(let object):
            .object(
                JSONObject(
                    members: object.members.map {
                        JSONObject.Member(key: $0.key, value: $0.value.sorted)
                    }.sorted { $0.key < $1.key }))
        default: self
        }
    }
}
