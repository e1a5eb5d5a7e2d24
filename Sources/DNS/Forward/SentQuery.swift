/// A message as it was sent to an upstream, and what may be taken as the reply to it.
package struct SentQuery: Hashable, Sendable {
    package let bytes: [UInt8]
    let id: UInt16
    let hasEDNS: Bool
    let hasRandomCase: Bool
    private let questionEnd: Int

    package init(
        _ lookup: Lookup, id: UInt16, hasEDNS: Bool, wantsRecursion: Bool = true,
        randomCase: UInt64? = nil, moreCase: UInt64 = 0
    ) {
        self.id = id
        self.hasEDNS = hasEDNS
        hasRandomCase = randomCase != nil
        let name = randomCase.map { lookup.name.withCase($0, moreCase) } ?? lookup.name
        var message = Message.query(name, lookup.type, lookup.recordClass, id: id)
        if !wantsRecursion { message.flags.remove(.recursionDesired) }
        if lookup.checkingDisabled { message.flags.insert(.checkingDisabled) }
        if lookup.authenticData { message.flags.insert(.authenticData) }
        if hasEDNS {
            message.edns = EDNS(payloadSize: EDNS.safePayload)
            message.edns?.wantsDNSSEC = lookup.wantsDNSSEC
        }
        bytes = message.encoded()
        questionEnd = headerLength + name.wire.count + 4
    }
}

extension SentQuery {
    package enum Verdict: Hashable, Sendable {
        /// It is no reply to this, whoever sent it: what is waited for may still come.
        case ignore
        /// Only the case of the name is another.
        case otherCase
        /// The upstream does not understand EDNS (RFC 6891 section 7).
        case refusesEDNS
        /// The rest has to be asked for by TCP.
        case truncated
        case answer(Message)
    }

    package func verdict(on reply: [UInt8], isStream: Bool) -> Verdict {
        let span = reply.span
        guard span.count >= headerLength, span.bigEndian16(at: 0) == id else { return .ignore }
        let flags = HeaderFlags(rawValue: span.bigEndian16(at: 2))
        guard flags.contains(.response), flags.opcode == 0 else { return .ignore }
        let questions = span.bigEndian16(at: 4)
        let deniesEDNS = hasEDNS && [.formatError, .notImplemented].contains(flags.responseCode)
        if questions == 0, deniesEDNS { return .refusesEDNS }
        guard questions == 1, span.count >= questionEnd, repeatsQuestion(span) else {
            return .ignore
        }
        let isExact = bytes.span.extracting(headerLength..<questionEnd)
            .equals(span.extracting(headerLength..<questionEnd))
        if hasRandomCase, !isExact, !isStream { return .otherCase }
        if deniesEDNS { return .refusesEDNS }
        if flags.contains(.truncated), !isStream { return .truncated }
        guard let message = try? Message(decoding: span) else { return .ignore }
        if hasEDNS, message.responseCode == .badVersion { return .refusesEDNS }
        return .answer(message)
    }

    /// Whether a reply has the question in it, whatever the case of its name.
    private func repeatsQuestion(_ reply: Span<UInt8>) -> Bool {
        let nameEnd = questionEnd - 4
        let asked = bytes.span
        return asked.extracting(headerLength..<nameEnd)
            .equalsIgnoringCase(reply.extracting(headerLength..<nameEnd))
            && asked.extracting(nameEnd..<questionEnd)
                .equals(reply.extracting(nameEnd..<questionEnd))
    }

    /// Whether the reply repeats the name as it was written.
    func keepsCase(_ reply: Message) -> Bool {
        guard let name = reply.questions.first?.name else { return false }
        let end = headerLength + name.wire.count
        return bytes.count >= end && Array(bytes[headerLength..<end]) == name.wire
    }
}

extension DomainName {
    /// The name with the case of its letters chosen by the bits of two numbers.
    fileprivate func withCase(_ first: UInt64, _ second: UInt64) -> DomainName {
        var bits = [first, second]
        var letters = 0
        return DomainName(
            unchecked: wire.map { octet in
                guard octet.lowercasedASCII &- 0x61 < 26 else { return octet }
                letters += 1
                // Names of more letters than bits use these again: 64 bits are plenty.
                let word = letters / 64 % 2
                defer { bits[word] = bits[word] >> 1 | bits[word] << 63 }
                return bits[word] & 1 == 0 ? octet | 0x20 : octet & ~0x20
            })
    }
}
