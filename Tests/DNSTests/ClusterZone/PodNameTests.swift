import FuzzSupport
import Kubernetes
import Testing

@testable import DNS

@Suite struct PodNameTests {
    @Test(arguments: ["10-1-2-3", "fd00--1", "--1", "fd00-1-2-3-4-5-6-7", "0-0-0-0"])
    func `D13 D46 D47 D49 every address has a name where nobody looks for pods, or none at all`(
        label: String
    ) throws {
        let insecure = try served()
        let type: RecordType = label.split(separator: "-").count == 4 ? .a : .aaaa
        let other: RecordType = type == .a ? .aaaa : .a
        #expect(try insecure.ask("\(label).empty.pod.cluster.local", type).texts.count == 1)
        #expect(try insecure.says("\(label).empty.pod.cluster.local", other) == "NODATA")
        #expect(try insecure.says("\(label).empty.pod.cluster.local", .srv) == "NODATA")
        #expect(try insecure.says("\(label).missing.pod.cluster.local", type) == "NXDOMAIN")
        let disabled = try served(kubernetes)
        #expect(try disabled.says("\(label).empty.pod.cluster.local", type) == "NXDOMAIN")
        #expect(try disabled.says("empty.pod.cluster.local", type) == "NXDOMAIN")
    }

    @Test(arguments: [
        "blah", "10-1-2", "10-1-2-256", "10-1-2-3-4", "1-2-3-4-5-6-7-8-9", "-",
        #"10\.1\.2\.3"#, "fd00::1", #"10-1-2\.3"#, "--ffff-1.2.3.4", "fe80--1%eth0", "010-1-2-3",
    ])
    func `D13 D47 D62 a label that is no address with dashes has no name`(label: String) throws {
        let name = label.contains("--ffff") ? #"--ffff-1\.2\.3\.4"# : label
        for type in [RecordType.a, .aaaa] {
            #expect(try served().says("\(name).empty.pod.cluster.local", type) == "NXDOMAIN")
        }
    }

    @Test func `D48 a running pod has a name of each of its addresses in its namespace`() throws {
        let cluster = try served("\(kubernetes) {\npods verified\n}")
        #expect(try cluster.says("10-244-0-5.apps.pod.cluster.local") == "A 10.244.0.5")
        let six = "AAAA fd00:244::5"
        #expect(try cluster.says("fd00-244--5.apps.pod.cluster.local", .aaaa) == six)
        #expect(try cluster.says("fd00-244-0-0-0-0-0-5.apps.pod.cluster.local", .aaaa) == six)
        #expect(try cluster.says("10-244-0-5.default.pod.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("10-244-0-6.apps.pod.cluster.local") == "NXDOMAIN")
        #expect(try cluster.says("apps.pod.cluster.local") == "NODATA")
    }

    @Test func `D48 an address that two pods share has its name until both are gone`() throws {
        let cluster = try served("\(kubernetes) {\npods verified\n}")
        let name = "192-168-0-1.kube-system.pod.cluster.local"
        #expect(try cluster.says(name) == "A 192.168.0.1")
        cluster.delete(Pod.self, "kube-system/agent")
        cluster.publish()
        #expect(try cluster.says(name) == "A 192.168.0.1")
        cluster.pod("kube-system/proxy", ["192.168.0.1"], phase: "Failed")
        cluster.publish()
        #expect(try cluster.says(name) == "NXDOMAIN")
    }
}
