import Foundation
import Kernel
import Testing
import Web

@testable import Accounts

struct StaffMemberTests {
    static let hanoi = House.hanoi, danang = House.danang
    static let serves = [StaffMember.Event.added, .rolesSet(agency: hanoi, roles: [.reception])]
    static let servesTwice = serves + [.rolesSet(agency: danang, roles: [.leader])]

    @Test(
        arguments: [
            (
                [], .add(to: hanoi, [.leader, .reception]),
                [.added, .rolesSet(agency: hanoi, roles: [.reception, .leader])]
            ),
            (
                serves, .setRoles(in: hanoi, [.admin], by: .administrator(of: hanoi)),
                [.rolesSet(agency: hanoi, roles: [.admin])]
            ),
            (serves, .setRoles(in: hanoi, [.reception], by: .administrator(of: hanoi)), []),
            (serves, .setRoles(in: hanoi, [], by: .installation), [.rolesSet(agency: hanoi, roles: [])]),
            (serves, .disable(by: .administrator(of: hanoi)), [.disabled]),
            (serves + [.disabled], .disable(by: .administrator(of: hanoi)), []),
            (serves + [.disabled], .enable(by: .administrator(of: hanoi)), [.enabled]),
            (servesTwice, .disable(by: .installation), [.disabled]),
            (
                servesTwice + [.rolesSet(agency: danang, roles: [])], .disable(by: .administrator(of: hanoi)),
                [.disabled]
            ),
            (serves, .resetPassword(by: .administrator(of: hanoi)), [.passwordReset]),
            (serves, .changePassword, [.passwordChanged]),
        ] as [([StaffMember.Event], StaffMember.Command, [StaffMember.Event])]
    )
    func `rights change as those who may ask for it`(
        past: [StaffMember.Event],
        command: StaffMember.Command,
        events: [StaffMember.Event]
    ) throws {
        #expect(try StaffMember(replaying: past).decide(command) == events)
    }

    @Test(
        arguments: [
            (serves, .add(to: hanoi, [.leader]), .alreadyAdded),
            ([], .add(to: hanoi, []), .noRole),
            ([], .setRoles(in: hanoi, [.leader], by: .installation), .unknown),
            ([], .changePassword, .unknown),
            (serves, .setRoles(in: hanoi, [.leader], by: .themselves), .ownRights),
            (serves, .disable(by: .themselves), .ownRights),
            (serves, .resetPassword(by: .themselves), .ownRights),
            (serves, .disable(by: .administrator(of: danang)), .servesNotThere),
            (servesTwice, .disable(by: .administrator(of: hanoi)), .servesElsewhere),
            (servesTwice, .resetPassword(by: .administrator(of: danang)), .servesElsewhere),
        ] as [([StaffMember.Event], StaffMember.Command, StaffMember.Refusal)]
    )
    func `what nobody may ask for is refused`(
        past: [StaffMember.Event],
        command: StaffMember.Command,
        refusal: StaffMember.Refusal
    ) {
        #expect(throws: refusal) { try StaffMember(replaying: past).decide(command) }
    }

    /// Events live longer than code: whoever breaks this breaks every database in use.
    @Test(
        arguments: [
            (.added, #"{"added":{}}"#),
            (
                .rolesSet(agency: hanoi, roles: [.reception, .caseOfficer]),
                #"{"rolesSet":{"agency":"ha-noi","roles":["reception","caseOfficer"]}}"#
            ),
            (.disabled, #"{"disabled":{}}"#), (.enabled, #"{"enabled":{}}"#),
            (.passwordReset, #"{"passwordReset":{}}"#), (.passwordChanged, #"{"passwordChanged":{}}"#),
        ] as [(StaffMember.Event, String)]
    )
    func `is stored as it always was`(event: StaffMember.Event, stored: String) throws {
        #expect(try JSONDecoder().decode(StaffMember.Event.self, from: Data(stored.utf8)) == event)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(event), as: UTF8.self) == stored)
    }
}
