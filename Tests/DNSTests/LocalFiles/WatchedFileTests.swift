import Network
import Platform
import Synchronization
import Testing

@testable import DNS

private let zoneText = "@ 60 SOA ns hostmaster 7 3600 600 86400 30\n"

@Suite struct WatchedFileTests {
    private let files = ChangingFiles([
        "/etc/hosts": "192.0.2.9 Here.Example other.zone\n", "/zone": zoneText,
    ])

    @Test func `a file counts as it is, and as it was while it is bad`() throws {
        let surroundings = files.surroundings
        let options = try block("hosts").hosts
        let hosts = try HostNames(try #require(options), surroundings)
        let zones = try ZoneFiles(try block("file /zone z.test").files, surroundings)
        let zone = try #require(zones?.zones.first)
        #expect(hosts.table.look() == nil && zone.file.look() == nil)
        files.set("/etc/hosts", "192.0.2.1 new.example")
        #expect(hosts.table.look() == .reread("/etc/hosts"))
        #expect(hosts.table.current.nameCount == 1)
        files.set("/zone", zoneText.replacing("hostmaster 7", with: "hostmaster 8"))
        #expect(zone.file.look() == .reread("/zone") && zone.file.current.serial == 8)
        files.set("/zone", "nothing to see")
        let said = try #require(zone.file.look())
        guard case .unreadable("/zone", let error) = said else {
            Issue.record("\(said)")
            return
        }
        #expect(error.code == .badRecord && zone.file.current.serial == 8)
        #expect(zone.file.look() == nil)
        files.set("/zone", nil)
        guard case .unreadable = zone.file.look() else {
            Issue.record("a file that is gone is not noticed")
            return
        }
    }

    @Test func `a thread looks at the files`() throws {
        let options = try block("hosts {\nreload 10ms\n}").hosts
        let hosts = try HostNames(try #require(options), files.surroundings)
        let reports = Mutex<[ServiceReport]>([])
        let keeper = try FileKeeper([hosts.table]) { said in reports.withLock { $0.append(said) } }
        files.set("/etc/hosts", "192.0.2.1 new.example")
        let deadline = MonotonicTime.now + .seconds(20)
        while reports.withLock(\.isEmpty), MonotonicTime.now < deadline {
            sleep(for: .milliseconds(2))
        }
        #expect(reports.withLock(\.self) == [.reread("/etc/hosts")])
        _ = consume keeper
    }

    @Test(arguments: [
        "hosts /none {\nreload 0s\n}", "file /none z.test", "file /etc/hosts z.test",
    ])
    func `a plan needs its files`(_ lines: String) throws {
        var plan = try ServerPlan(corefile(".:53 {\n\(lines)\n}\n"), files.surroundings)
        #expect(throws: DNSError.self) { try plan.readFiles(files.surroundings) }
    }

    @Test func `a file of hosts may come later, which is said`() throws {
        let options = try block("hosts /late {\n192.0.2.1 inline.example\n}").hosts
        let hosts = try HostNames(try #require(options), files.surroundings)
        #expect(hosts.table.current.nameCount == 1 && hosts.table.modified == nil)
        guard case .unreadable("/late", _)? = hosts.table.look() else {
            Issue.record("a file that is missing is not noticed")
            return
        }
        #expect(hosts.table.look() == nil)
        files.set("/late", "192.0.2.2 late.example")
        #expect(hosts.table.look() == .reread("/late"))
        #expect(hosts.table.current.nameCount == 2 && hosts.entryCount == 4)
        #expect(hosts.table.modified != nil)
        var name = QuestionName()
        name.assign(try DomainName("Late.example"))
        #expect(hosts.takes(name, .a))
    }

    @Test func `a request has all files looked at`() throws {
        let options = try block("hosts {\nreload 0s\n}").hosts
        let hosts = try HostNames(try #require(options), files.surroundings)
        let keeper = try FileKeeper([hosts.table]) { _ in }
        files.set("/etc/hosts", "192.0.2.1 a.example")
        keeper?.hurry()
        #expect(eventually { hosts.table.current.nameCount == 1 })
    }
}
