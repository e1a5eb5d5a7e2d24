import Network

/// The text of a line about a question.
struct QueryLine {
    let record: QueryRecord
    let local: AddressAndPort?

    func text(_ format: LogFormat) -> String {
        format.parts.map { part in
            switch part {
            case .text(let text): text
            case .field(let field): value(field)
            }
        }.joined()
    }

    private func value(_ field: LogFormat.Field) -> String {
        switch field {
        case .type: "\(record.type)"
        case .name: "\(record.name.domainName)"
        case .class: "\(record.recordClass)"
        case .proto: record.client.transport == .udp ? "udp" : "tcp"
        case .remote: Self.bracketed(record.client.address)
        case .local: local.map { Self.bracketed($0.address) } ?? "-"
        case .size: "\(record.size)"
        case .port: "\(record.client.port)"
        case .duration: Self.seconds(record.duration)
        case .rcode: "\(record.code)"
        case .rsize: "\(record.replySize)"
        case .flags: record.flags.names
        case .bufferSize: "\(record.bufferSize)"
        case .wantsSignatures: "\(record.wantsSignatures)"
        case .id: "\(record.id)"
        case .opcode: "\(record.opcode)"
        }
    }

    /// A port stands behind it.
    private static func bracketed(_ address: IPAddress) -> String {
        address.family == .v6 ? "[\(address)]" : "\(address)"
    }

    /// Such as `0.000123456s`.
    private static func seconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = String(attoseconds / 1_000_000_000)
        let zeros = String(repeating: "0", count: 9 - nanoseconds.utf8.count)
        return "\(seconds).\(zeros)\(nanoseconds)s"
    }
}

extension HeaderFlags {
    fileprivate var names: String {
        let all: [(HeaderFlags, String)] = [
            (.response, "qr"), (.authoritative, "aa"), (.truncated, "tc"),
            (.recursionDesired, "rd"), (.recursionAvailable, "ra"), (.authenticData, "ad"),
            (.checkingDisabled, "cd"),
        ]
        return all.filter { contains($0.0) }.map(\.1).joined(separator: ",")
    }
}
