import DNS
import Network

extension FuzzTargets {
    /// Zone files, the data of records, and files of hosts.
    static let zoneFiles = [
        FuzzTarget("dns.zonefile", texts: [zoneText] + dataTexts) { input in
            guard let origin = try? DomainName("example.org"),
                let file = try? MasterFile(parsing: input, file: "f", origin: origin)
            else { return }
            for record in file.records { checkText(record.type, record.data) }
            guard let zone = try? FileZone(file.records, origin: origin) else { return }
            for record in file.records where record.name.isWithin(origin) {
                let answer = zone.answer(Message.Question(record.name, record.type))
                // What is below a delegation is referred, what is below a DNAME is elsewhere.
                precondition(!answer.answers.isEmpty || !answer.authorities.isEmpty)
            }
        },
        FuzzTarget("dns.recorddata", corpus: recordData) { input in
            guard input.count >= 2 else { return }
            // Numbers of types that are known are small.
            let type = RecordType(rawValue: UInt16(input[0]) << 8 | UInt16(input[1]))
            checkText(type, Array(input.dropFirst(2)))
        },
        FuzzTarget(
            "dns.hosts", texts: ["# a\n127.0.0.1 localhost a.b # x\r\nfd00::1%eth0 web\n::1 web\n"]
        ) { input in
            let table = HostsTable(parsing: input)
            precondition(table.badLines <= input.count)
            precondition(table.isEmpty == (table.nameCount == 0))
        },
    ]

    /// What is printed means the same when it is read.
    private static func checkText(_ type: RecordType, _ data: [UInt8]) {
        let text = RecordData.text(type, data)
        let parsed = try? RecordData(parsing: text, type: type)
        let isNone = text.hasPrefix("\\#") && type.description.hasPrefix("TYPE") == false
        precondition(parsed?.octets == data || isNone, "\(type) \(text)")
    }

    private static let recordData: [[UInt8]] = dataTexts.flatMap { text -> [[UInt8]] in
        guard let file = try? MasterFile(parsing: Array(text.utf8), file: "f", origin: .root) else {
            return []
        }
        return file.records.map { record in
            [UInt8(record.type.rawValue >> 8), UInt8(truncatingIfNeeded: record.type.rawValue)]
                + record.data
        }
    }

    private static let dataTexts = [
        "$TTL 1\n@ TXT \"a \\\" \\000\" b\n@ CAA 0 issue \"ca\"\n@ HINFO a b\n@ TYPE1000 \\# 2 ab cd\n",
        "$TTL 1\n@ NAPTR 1 2 \"s\" \"SIP+D2U\" \"\" _sip._udp\n@ DS 1 1 1 aabb\n@ DNSKEY 256 3 8 AwEAAQ==\n",
        "$TTL 1\n@ RRSIG A 8 2 3600 20260131120000 20251231000000 1 a. AQ==\n@ AAAA fd00::1\n@ SRV 1 2 3 a\n",
        "$TTL 1\n@ HTTPS 1 . alpn=\"h2,h3\" port=443 ipv4hint=1.2.3.4,5.6.7.8 ipv6hint=::1 key667=\"\\001x\"\n"
            + "@ SVCB 1 a mandatory=alpn,port alpn=a port=1 no-default-alpn ech=AQ==\n",
    ]

    private static let zoneText = """
        $TTL 1h30m
        @ IN SOA ns hostmaster (7 ; serial
            2h 30m 1w 5m )
          300 NS ns
        ns IN 60 A 10.0.0.1
        $ORIGIN sub
        *.wild MX 10 ns.example.org.
        c CNAME d
        d CNAME c.d
        child NS ns.child
        old DNAME new.example.org.
        a\\.b\\032 A 10.0.0.2
        """
}
