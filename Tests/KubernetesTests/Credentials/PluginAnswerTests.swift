import Platform
import Testing

@testable import Kubernetes

@Suite struct `A plugin's answer` {
    private let version = "client.authentication.k8s.io/v1"

    private func credential(
        _ status: String, version: String? = nil
    ) throws(PluginCredential.Defect) -> PluginCredential {
        let answer =
            "{\"kind\":\"ExecCredential\",\"apiVersion\":\"\(version ?? self.version)\","
            + "\"status\":\(status)}"
        return try PluginCredential(answer: answer.utf8.span, apiVersion: self.version)
    }

    @Test func `it holds a token, a certificate, and how long they are good`() throws {
        let certificate = Sample.certificate.replacing("\n", with: "\\n")
        let key = Sample.key.replacing("\n", with: "\\n")
        let credential = try credential(
            "{\"token\":\"t\",\"clientCertificateData\":\"\(certificate)\","
                + "\"clientKeyData\":\"\(key)\",\"expirationTimestamp\":\"2026-01-01T00:00:05Z\"}")
        #expect(credential.token == Secret("t"))
        #expect(credential.certificatePEM == Array(Sample.certificate.utf8))
        #expect(credential.keyPEM == Secret(Sample.key))
        #expect(credential.expires == Moment.at(5).wall)
        #expect(
            try self.credential("{\"token\":\"t\",\"expirationTimestamp\":null}").expires == nil)
    }

    @Test(
        arguments: [
            ("{}", "it gave neither a token nor a client certificate"),
            ("null", "its answer has no status"),
            ("{\"token\":\"HUSH", "its answer is not JSON (line 1, column 97)"),
            ("{\"token\":\"a\\nHUSH\"}", "its token holds no token in one line"),
            ("{\"clientKeyData\":\"HUSH\"}", "its clientKeyData holds no private key in PEM form"),
            (
                "{\"clientCertificateData\":\"-----BEGIN CERTIFICATE-----\"}",
                "it gave a client certificate or a key without the other"
            ),
            (
                "{\"token\":\"a\",\"expirationTimestamp\":\"tomorrow\"}",
                "its expirationTimestamp is no time such as 2026-01-31T12:00:00Z"
            ),
        ])
    func `one that is wrong is refused without showing it`(status: String, problem: String) {
        #expect(throws: PluginCredential.Defect(problem: problem)) { try credential(status) }
    }

    @Test func `it must speak the version that was asked for`() {
        let other = "client.authentication.k8s.io/v1beta1"
        let defect = PluginCredential.Defect(problem: "its answer is not of apiVersion \(version)")
        #expect(throws: defect) { try credential("{\"token\":\"t\"}", version: other) }
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-01-01T00:00:00Z", 1_767_225_600),
            ("2024-02-29T23:59:60Z", 1_709_251_200), ("2026-01-01T02:30:00+02:30", 1_767_225_600),
            ("2025-12-31t19:00:00.123456789-05:00", 1_767_225_600), ("1969-12-31T23:59:59Z", -1),
        ])
    func `times are those of RFC 3339`(text: String, seconds: Int64) {
        #expect(WallTime(rfc3339: text)?.nanoseconds == seconds * 1_000_000_000)
    }

    @Test(
        arguments: [
            "", "2026-01-01", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
            "2026-01-01T24:00:00Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+0100",
            "2026-01-01T00:00:00ZZ", "2026/01/01T00:00:00Z", "2o26-01-01T00:00:00Z",
        ])
    func `other times are none`(text: String) { #expect(WallTime(rfc3339: text) == nil) }

    @Test func `times too far away to count are the last ones`() {
        #expect(WallTime(rfc3339: "9999-12-31T23:59:59Z")?.nanoseconds == .max)
        #expect(WallTime(rfc3339: "0001-01-01T00:00:00Z")?.nanoseconds == .min)
    }
}

@Suite struct `When a plugin is run` {
    private let error = CredentialsError(.plugin, "f", "failed", remedy: "mend it")

    private func credential(_ token: String, until end: Int64?) -> PluginCredential {
        PluginCredential(token: Secret(token), expires: end.map { Moment.at($0).wall })
    }

    @Test func `once for as long as its credential lasts`() {
        var machine = PluginMachine()
        #expect(machine.step(.at(0)) == .run)
        let first = credential("a", until: 100)
        machine.took(first, .at(0))
        #expect(machine.step(.at(99)) == .use(first))
        #expect(machine.step(.at(100)) == .run)
        let second = credential("b", until: nil)
        machine.took(second, .at(100))
        #expect(machine.step(.at(1_000_000)) == .use(second))
    }

    @Test func `again when the server refused it`() {
        var machine = PluginMachine()
        machine.took(credential("a", until: nil), .at(0))
        machine.rejected()
        #expect(machine.step(.at(0)) == .run)
    }

    @Test func `not for every request when it fails`() {
        var machine = PluginMachine()
        machine.failed(error, .at(0))
        machine.rejected()
        #expect(machine.step(.at(9)) == .fail(error))
        #expect(machine.step(.at(10)) == .run)
    }

    @Test func `not for every request when its credential is expired from the start`() {
        var machine = PluginMachine()
        let expired = credential("a", until: -5)
        machine.took(expired, .at(0))
        #expect(machine.step(.at(9)) == .use(expired))
        #expect(machine.step(.at(10)) == .run)
    }

    @Test func `a clock that is set back or forward does no harm`() {
        var machine = PluginMachine()
        let good = credential("a", until: 100)
        machine.took(good, .at(0))
        let late = Moment(monotonic: Moment.at(20).monotonic, wall: Moment.at(5000).wall)
        #expect(machine.step(late) == .run)
        let early = Moment(monotonic: Moment.at(200).monotonic, wall: Moment.at(-5000).wall)
        #expect(machine.step(early) == .use(good))
    }
}
