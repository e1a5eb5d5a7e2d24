import APIServerSupport
import FuzzSupport
import Network
import Testing

@testable import DNS

extension OperationTests {
    /// What BIND's dig is told by a server that runs, over UDP and TCP.
    @Suite struct BindDigTests {
        private func check(_ question: BindDigQuestion) throws {
            try withWholeServer { port in
                for transport in question.transports {
                    let words = "\(transport) \(question.words)"
                    let reply = try BindDigReply(words, at: port)
                    #expect(reply.summary == question.summary, "\(words): \(reply.text)")
                    #expect(reply.authorities == (question.isDenied ? ["SOA"] : []), "\(words)")
                    for part in question.shows {
                        #expect(reply.text.contains(part), "\(words): \(reply.text)")
                    }
                    for part in question.hides {
                        #expect(!reply.text.contains(part), "\(words): \(reply.text)")
                    }
                    #expect(!reply.isMalformed, "\(words): \(reply.text)")
                }
            }
        }

        static let services = [
            BindDigQuestion("\(web) A", "NOERROR aa rd ra: A 10.96.0.1"),
            BindDigQuestion("dual.\(local) A", "NOERROR aa rd ra: A 10.96.0.2"),
            BindDigQuestion("dual.\(local) AAAA", "NOERROR aa rd ra: AAAA fd00:96::2"),
            BindDigQuestion("six.\(local) AAAA", "NOERROR aa rd ra: AAAA fd00:96::5"),
            BindDigQuestion("_http._tcp.\(web) SRV", "NOERROR aa rd ra: SRV 0 100 80 \(web)."),
            BindDigQuestion("-x 10.96.0.1", "NOERROR aa rd ra: PTR \(web)."),
            BindDigQuestion("-x fd00:96::2", "NOERROR aa rd ra: PTR dual.\(local)."),
            BindDigQuestion("172-16-0-1.\(web) A", "NOERROR aa rd ra: A 172.16.0.1"),
            BindDigQuestion(
                "wEb.default.svc.CLUSTER.local A", "NOERROR aa rd ra: A 10.96.0.1",
                shows: ["wEb.default.svc.CLUSTER.local."]),
            BindDigQuestion(none: "\(web) AAAA"), BindDigQuestion(none: "\(web) HTTPS"),
            BindDigQuestion(none: "\(web) TYPE65400"), BindDigQuestion(none: "\(web) NS"),
            BindDigQuestion(none: "\(web) SOA"), BindDigQuestion(none: "_http._tcp.\(web) A"),
            BindDigQuestion(none: "http.tcp.\(web) SRV", "NXDOMAIN aa rd ra"),
            BindDigQuestion(none: "_._tcp.\(web) SRV", "NXDOMAIN aa rd ra"),
            BindDigQuestion(none: "*.\(local) A", "NXDOMAIN aa rd ra"),
        ]

        @Test(arguments: services)
        func `D1 D3 D4 D5 D17 D19 D20 D23 D29 D37 RFC 4074 RFC 9460 services`(
            question: BindDigQuestion
        ) throws {
            try check(question)
        }

        static let endpoints = [
            BindDigQuestion("db.\(apps) A", "NOERROR aa rd ra: A 172.16.1.1, A 172.16.1.2"),
            BindDigQuestion("db-0.db.\(apps) A", "NOERROR aa rd ra: A 172.16.1.1"),
            BindDigQuestion(
                "_mysql._tcp.db.\(apps) SRV",
                "NOERROR aa rd ra: SRV 0 50 13306 db-0.db.\(apps)., SRV 0 50 13306 db-1.db.\(apps).",
                shows: ["fd00:16:1::1"]),
            BindDigQuestion("-x 172.16.1.1", "NOERROR aa rd ra: PTR db-0.db.\(apps)."),
            BindDigQuestion("eager.\(apps) A", "NOERROR aa rd ra: A 172.16.5.1"),
            BindDigQuestion(none: "none.\(apps) A", "NXDOMAIN aa rd ra"),
            BindDigQuestion("10-1-2-3.default.pod.cluster.local A", "NOERROR aa rd ra: A 10.1.2.3"),
            BindDigQuestion(none: "10-1-2-3.default.pod.cluster.local SRV"),
        ]

        @Test(arguments: endpoints)
        func `D6 D7 D8 D9 D12 D13 D44 D47 endpoints and pods`(question: BindDigQuestion) throws {
            try check(question)
        }

        static let apex = [
            BindDigQuestion("dns-version.cluster.local TXT", "NOERROR aa rd ra: TXT \"1.1.0\""),
            BindDigQuestion("cluster.local NS", "NOERROR aa rd ra: NS ns.dns.cluster.local."),
            BindDigQuestion(none: "cluster.local DS"), BindDigQuestion(none: "cluster.local TXT"),
            BindDigQuestion(none: "svc.cluster.local TXT"),
            BindDigQuestion(none: "dns-version.cluster.local A"),
            BindDigQuestion(none: "_tcp.\(web) A"),
            BindDigQuestion(none: "0.96.10.in-addr.arpa PTR"),
            BindDigQuestion(none: "www.example.com.cluster.local A", "NXDOMAIN aa rd ra"),
            BindDigQuestion(none: "b._dns-sd._udp.cluster.local PTR", "NXDOMAIN aa rd ra"),
        ]

        @Test(arguments: apex)
        func `D2 D15 D16 D21 D35 D39 D92 RFC 6763 RFC 8020 the zone itself`(
            question: BindDigQuestion
        ) throws {
            try check(question)
        }

        static let elsewhere = [
            BindDigQuestion("www.example.test A", "NOERROR rd ra: A 192.0.2.80"),
            BindDigQuestion("+norec \(web) A", "NOERROR aa ra: A 10.96.0.1"),
            BindDigQuestion(
                "+adflag +dnssec \(web) A", "NOERROR aa rd ra: A 10.96.0.1", shows: ["do;"]),
            BindDigQuestion("+cdflag www.example.test A", "NOERROR rd ra cd: A 192.0.2.80"),
            BindDigQuestion(none: "none.example.test A", "NXDOMAIN rd ra"),
            BindDigQuestion(
                "opaque.example.test TYPE65400", "NOERROR rd ra: TYPE65400 \\# 4 01020304"),
            BindDigQuestion(
                "ext.\(local) A", "NOERROR aa rd ra: A 192.0.2.80, CNAME www.example.com."),
            BindDigQuestion("ext.\(local) CNAME", "NOERROR aa rd ra: CNAME www.example.com."),
            BindDigQuestion("www.corp.test A", "NOERROR rd ra: A 192.0.2.99"),
            BindDigQuestion("www.closed.test A", "REFUSED rd: "),
            BindDigQuestion("foo.localhost A", "NOERROR rd ra: A 127.0.0.1"),
            BindDigQuestion("foo.localhost AAAA", "NOERROR rd ra: AAAA ::1"),
            BindDigQuestion("-x 127.0.0.1", "NOERROR rd ra: PTR localhost."),
            BindDigQuestion("foo.invalid A", "NXDOMAIN rd ra: "),
            BindDigQuestion("x.onion A", "NXDOMAIN rd ra: "),
            BindDigQuestion("www.example.test TYPE249", "NOTIMP rd ra: "),
        ]

        @Test(arguments: elsewhere)
        func `D11 D35 D60 D74 D82 D87 RFC 3597 RFC 6761 RFC 6895 names of elsewhere`(
            question: BindDigQuestion
        ) throws {
            try check(question)
        }

        static let refused = [
            BindDigQuestion("version.bind CH TXT", "NOERROR rd: TXT \"Weft-test\""),
            BindDigQuestion("hostname.bind CH TXT", "NOERROR rd: TXT \"server.test\""),
            BindDigQuestion("\(web) CH A", "REFUSED rd: "),
            BindDigQuestion("\(web) HS A", "REFUSED rd: "),
            BindDigQuestion("\(web) ANY", "NOERROR aa rd ra: HINFO \"RFC8482\" \"\""),
            BindDigQuestion("+opcode=NOTIFY cluster.local SOA", "NOTIMP rd: "),
            BindDigQuestion("+opcode=UPDATE cluster.local SOA", "NOTIMP rd: "),
            BindDigQuestion("+opcode=6 cluster.local SOA", "NOTIMP rd: "),
            BindDigQuestion("+opcode=15 cluster.local SOA", "NOTIMP rd: "),
            BindDigQuestion("+nocookie +header-only \(web)", "FORMERR rd: "),
            BindDigQuestion("+noedns cluster.local IXFR=1", "REFUSED : ", by: ["+notcp"]),
        ]

        @Test(arguments: refused)
        func `D58 D61 D66 D67 D68 RFC 8482 RFC 8906 RFC 9619 other classes and operations`(
            question: BindDigQuestion
        ) throws {
            try check(question)
        }

        @Test func `D58 D59 a zone is not copied, and the server goes on`() throws {
            try withWholeServer { port in
                for _ in 0..<2 {
                    let copy = try BindDigReply("cluster.local AXFR", at: port)
                    #expect(copy.text.contains("Transfer failed") && !copy.text.contains("SOA"))
                }
                #expect(
                    try BindDigReply("\(web) A", at: port).summary
                        == "NOERROR aa rd ra: A 10.96.0.1")
            }
        }

        @Test func `RFC 7858 questions come by TLS`() throws {
            let authority = try CertificateAuthority()
            let made = try authority.server(names: "DNS:dns.example")
            let files = [
                "ca": authority.certificate, "certificate": made.certificate, "key": made.key,
            ].mapValues { String(decoding: $0, as: UTF8.self) }
            let text = """
                tls://.:PORT {
                    root DIRECTORY
                    tls certificate key
                    chaos one
                }
                """
            try withServer(text, files: files) { server throws in
                let question = "+tls-ca=\(server.directory)/ca version.bind CH TXT"
                func ask(_ name: String) throws -> String {
                    try BindDigReply("+tls-hostname=\(name) \(question)", at: server.port).summary
                }
                let answer = "NOERROR rd: TXT \"one\""
                #expect(try eventually { try ask("dns.example") == answer })
                #expect(try ask("other.example") == "no code no qr: ")
            }
        }

        static let extensions = [
            BindDigQuestion("+noedns \(web) A", plain, hides: ["OPT PSEUDOSECTION"]),
            BindDigQuestion("+nocookie \(web) A", plain, shows: ["flags:; udp: 1232"]),
            BindDigQuestion("+bufsize=65535 \(web) A", plain, shows: ["flags:; udp: 1232"]),
            BindDigQuestion("+bufsize=1 \(web) A", plain, shows: ["flags:; udp: 1232"]),
            BindDigQuestion(
                "+edns=1 +noednsnegotiation \(web) A", "BADVERS rd: ",
                shows: ["EDNS: version: 0, flags:; udp: 1232"]),
            BindDigQuestion("+ednsflags=0x4000 \(web) A", plain, hides: ["MBZ"]),
            BindDigQuestion("+ednsopt=100:aa \(web) A", plain, hides: ["OPT=100"]),
            BindDigQuestion("+cookie=0102030405060708 \(web) A", plain, shows: ["(good)"]),
            BindDigQuestion("+nsid \(web) A", plain, shows: ["(\"node seven\")"]),
            BindDigQuestion("\(web) A", plain, hides: ["NSID"]),
            BindDigQuestion(
                "+padding=128 +subnet=192.0.2.0/24 \(web) A", plain, hides: ["PAD", "SUBNET"]),
            BindDigQuestion("+keepalive \(web) A", plain, shows: ["KEEPALIVE: 10.0"], by: ["+tcp"]),
            BindDigQuestion("+keepalive \(web) A", plain, hides: ["KEEPALIVE"], by: ["+notcp"]),
        ]

        @Test(arguments: extensions)
        func `D63 D64 D65 RFC 5001 RFC 6891 RFC 7828 RFC 7830 RFC 7873 options`(
            question: BindDigQuestion
        ) throws {
            try check(question)
        }

        /// Without EDNS, with our size, with more than that, and again by TCP.
        @Test(arguments: [
            ("+noedns +ignore +notcp", 29, true), ("+bufsize=1232 +ignore +notcp", 73, true),
            ("+bufsize=4096 +ignore +notcp", 73, true), ("+notcp", 100, false),
            ("+tcp", 100, false),
        ])
        func `D69 D70 RFC 1123 RFC 9715 a long answer`(
            words: String, count: Int, isCut: Bool
        ) throws {
            try withWholeServer { port in
                let summary = try BindDigReply("+nocookie \(words) many.\(apps) A", at: port)
                    .summary
                #expect(summary.hasPrefix("NOERROR aa \(isCut ? "tc " : "")rd ra: "))
                #expect(summary.split(separator: ",").count == count)
            }
        }
    }
}

private let local = "default.svc.cluster.local"
private let apps = "apps.svc.cluster.local"
private let plain = "NOERROR aa rd ra: A 10.96.0.1"
