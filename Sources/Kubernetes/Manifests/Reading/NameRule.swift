/// What names the API server accepts.
enum NameRule: Hashable {
    /// RFC 1123: letters, digits and dashes, up to 63.
    case label
    /// RFC 1035: the same, and it begins with a letter.
    case letterLabel
    /// RFC 1123: labels with dots between, up to 253.
    case subdomain
}

extension NameRule {
    func accepts(_ name: String) -> Bool {
        switch self {
        case .label: Self.isLabel(name.utf8[...])
        case .letterLabel: Self.isLabel(name.utf8[...]) && name.utf8.first.map(isLetter) == true
        case .subdomain:
            name.utf8.count <= 253
                && name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
                    .allSatisfy { Self.isPart($0) }
        }
    }

    var expectation: String {
        switch self {
        case .label: "a name of at most 63 lower-case letters, digits and dashes"
        case .letterLabel:
            "a name of at most 63 lower-case letters, digits and dashes that begins with a letter"
        case .subdomain: "a name of at most 253 lower-case letters, digits, dashes and dots"
        }
    }

    func check(_ name: String, _ field: String) throws(ObjectError) {
        if name.isEmpty { throw ObjectError("a name is required", in: field) }
        if !accepts(name) {
            throw ObjectError("\(quoted(name)) is not \(expectation)", in: field)
        }
    }

    private static func isLabel(_ name: Substring.UTF8View) -> Bool {
        name.count <= 63 && isPart(name)
    }

    private static func isPart(_ name: Substring.UTF8View) -> Bool {
        guard let first = name.first, let last = name.last, isAlphanumeric(first),
            isAlphanumeric(last)
        else { return false }
        return name.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }
}

private func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte }

private func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
}

extension Kind {
    var nameRule: NameRule {
        switch self {
        case .service: .letterLabel
        case .namespace: .label
        case .endpointSlice, .node, .pod, .networkPolicy, .serviceCIDR: .subdomain
        }
    }
}

extension KubernetesObject {
    func checkNames() throws(ObjectError) {
        try Self.kind.nameRule.check(metadata.name, "metadata.name")
        if Self.kind.resource.isNamespaced {
            try NameRule.label.check(metadata.namespace, "metadata.namespace")
        }
    }
}
